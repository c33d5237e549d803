import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  assign,
  claim,
  create,
  edit,
  endRun,
  heartbeat,
  move,
  record,
  release,
  reserve,
  settle,
  startRun,
} from "../../support/asks.ts";
import { agent, World } from "../../support/world.ts";
import type { As } from "../../support/world.ts";

const inRun = (run: string, actor = "a-1"): As => ({ ...agent(actor), run });

describe("run", () => {
  test("an ended run begins nothing new", () => {
    const world = new World();
    const [held, open] = [world.held("a-1"), world.task()];
    world.run(startRun("night-7"), inRun("night-7"));
    assert.equal(world.code(record(held), inRun("night-7")), "step.recorded");
    world.run(endRun("night-7"), inRun("night-7"));
    world.at += 5_000;
    for (const asked of [
      create(),
      claim(open),
      record(held),
      reserve(held),
      heartbeat(held),
      edit(held, { priority: 0 }),
      assign(held, "a-2"),
    ])
      assert.equal(world.code(asked, inRun("night-7")), "run.ended", asked.type);
    assert.equal(world.run(claim(open), inRun("night-7")).message, "run night-7 was ended 5 s ago");
  });

  test("settling, giving back and handing to review are not refused: they end a turn", () => {
    const world = new World();
    const [one, two] = [world.held("a-1"), world.held("a-1")];
    const step = String(world.run(reserve(one), inRun("r")).result?.["reservation"]);
    world.run(startRun("r"), inRun("r"));
    world.run(endRun("r"), inRun("r"));
    assert.equal(world.code(settle(step), inRun("r")), "step.settled");
    assert.equal(world.code(release(one), inRun("r")), "task.released");
    assert.equal(world.code(move(two, "in_review"), inRun("r")), "task.moved");
  });

  test("the step that follows a settlement is new: refused, and the settlement stands", () => {
    const world = new World();
    const held = world.held("a-1");
    const step = String(world.run(reserve(held), agent("a-1")).result?.["reservation"]);
    world.run(startRun("r"), inRun("r"));
    world.run(endRun("r"), inRun("r"));
    const next = { task: held, tool: null, call: null, amounts: {}, started: false, handBack: false };
    const decision = world.run(settle(step, { next }), inRun("r"));
    assert.deepEqual([decision.code, decision.nextRefused?.code], ["step.settled", "run.ended"]);
  });

  test("a run is one actor's: the same name of another is another run", () => {
    const world = new World();
    const open = world.task();
    world.run(startRun("r"), inRun("r"));
    world.run(endRun("r"), inRun("r"));
    assert.equal(world.code(claim(open), inRun("r", "a-2")), "task.claimed");
    assert.equal(world.code(create(), agent("a-1")), "task.created", "outside the run it may go on");
  });

  test("a name that was never started is fine", () => {
    const world = new World();
    assert.equal(world.code(create(), inRun("unknown")), "task.created");
  });

  test("a run has one life, ended by itself or by a human, never by another agent", () => {
    const world = new World();
    world.run(startRun("r"), agent("a-1"));
    assert.equal(world.code(startRun("r"), agent("a-1")), "run.exists");
    assert.equal(world.code(endRun("r", "a-1"), agent("a-2")), "actor.not_self");
    assert.equal(world.code(endRun("r", "a-1")), "run.ended_now");
    assert.equal(world.code(endRun("r"), agent("a-1")), "run.not_running");
    assert.equal(world.code(startRun("r"), agent("a-1")), "run.exists");
  });
});
