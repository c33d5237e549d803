import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readRow, runKey } from "../../../src/core/index.ts";
import {
  approve,
  claim,
  lastRefused,
  move,
  record,
  release,
  reserve,
  settle,
  startRun,
  taskIn,
} from "../../support/asks.ts";
import { callOf, digestOf, memoryOf, take } from "../../support/steps.ts";
import { agent, harness, World } from "../../support/world.ts";

const READ = callOf("read");
const A1 = agent("a-1");

/** A task whose holder has had one result from one call as often as it may. */
function looping(run: string | null = null): { world: World; id: string } {
  const world = new World();
  if (run !== null) world.run(startRun(run), A1);
  const id = world.held("a-1");
  for (let n = 0; n < 6; n += 1) take(world, id, READ, "same", { as: { ...A1, run } });
  return { world, id };
}

const again = (world: World, id: string, run: string | null = null): string =>
  take(world, id, READ, "same", { as: { ...A1, run } });

describe("the ladder of refused steps", () => {
  test("two refusals, a third that ends the run, and the next step parks the task", () => {
    const { world, id } = looping("night-7");
    assert.deepEqual(
      [again(world, id, "night-7"), again(world, id, "night-7"), again(world, id, "night-7")],
      ["step.repeated", "step.repeated", "step.repeated"],
    );
    const run = readRow(world, runKey("agent:a-1", "night-7"), "run");
    assert.deepEqual(
      [run?.endedAt, run?.reason],
      [world.at, "3 steps in a row were refused, the last by step.repeated"],
    );
    assert.equal(taskIn(world, id).state, "in_progress");
    assert.equal(take(world, id, callOf("another"), "x", { as: { ...A1, run: "night-7" } }), "step.run_ended");
    const { state, holder, escalation } = taskIn(world, id);
    assert.deepEqual([state, holder, escalation.tier, escalation.parks], ["blocked", null, "stuck", 1]);
    assert.equal(again(world, id, "night-7"), "run.ended", "nobody holds it any more");
    const told = world.run(record(id, { call: READ }), A1).next;
    assert.deepEqual(told, ["end your turn: it went round in circles, and a human sets it going again"]);
  });

  test("each refusal says how far it is to the end", () => {
    const { world, id } = looping();
    const said = Array.from({ length: 4 }, () => world.run(record(id, { call: READ }), A1).next.at(-1));
    assert.deepEqual(said, [
      "do not retry it, also not through another tool: 2 more refusals end the run",
      "do not retry it, also not through another tool: 1 more refusal ends the run",
      "this run is over: take no further step",
      `${id} is parked for a human`,
    ]);
  });

  test("each rung stands in the log as the kernel's own act", () => {
    const { world, id } = looping();
    for (let n = 0; n < 4; n += 1) again(world, id);
    const rungs = world.log.flatMap((event) => (event.type === "ladder_climbed" ? [event] : []));
    assert.deepEqual(
      rungs.map(({ body, kind, actor }) => [body.strikes, body.code, body.ended !== null, kind, actor]),
      [
        [1, "step.repeated", false, "system", "kernel"],
        [2, "step.repeated", false, "system", "kernel"],
        [3, "step.repeated", true, "system", "kernel"],
        [4, "step.repeated", false, "system", "kernel"],
      ],
    );
    const parked = world.log.at(-1);
    assert.equal(parked?.type === "task_moved" && parked.body.via, "park");
  });

  test("the time worked is booked when the task is parked, and the rest given back", () => {
    const { world, id } = looping();
    world.at += 10_000;
    for (let n = 0; n < 4; n += 1) again(world, id);
    const meter = world.get(`meter/task/${id}`);
    assert.ok(meter?.kind === "meter");
    assert.deepEqual([meter.used["durationMs"]?.[0], meter.held["durationMs"]?.[0]], [10_000, 0]);
  });

  test("no agent takes a parked task up again, or moves it: a human does", () => {
    const { world, id } = looping();
    for (let n = 0; n < 4; n += 1) again(world, id);
    assert.equal(world.code(claim(id), A1), "escalation.stuck");
    assert.equal(world.code(move(id, "in_progress"), agent("a-2")), "escalation.stuck");
    world.run(move(id, "todo"));
    assert.equal(taskIn(world, id).escalation.tier, "anybody");
    assert.equal(world.code(claim(id), agent("a-2")), "task.claimed");
  });

  test("something new on the way starts it anew", () => {
    const { world, id } = looping();
    again(world, id);
    again(world, id);
    assert.equal(memoryOf(world, id).strikes, 2);
    take(world, id, callOf("another"), "new");
    assert.equal(memoryOf(world, id).strikes, 0);
  });

  test("a new run of the same task meets it where it stood", () => {
    const { world, id } = looping("night-7");
    for (let n = 0; n < 3; n += 1) again(world, id, "night-7");
    world.run(release(id), A1);
    world.run(claim(id), agent("a-2"));
    assert.equal(take(world, id, READ, "same", { as: agent("a-2") }), "step.repeated");
    assert.equal(taskIn(world, id).state, "blocked");
  });

  test("a new run that does something else goes on", () => {
    const { world, id } = looping("night-7");
    for (let n = 0; n < 3; n += 1) again(world, id, "night-7");
    world.run(release(id), A1);
    world.run(claim(id), A1);
    assert.equal(take(world, id, callOf("another"), "new", { as: { ...A1, run: "night-8" } }), "step.recorded");
    assert.equal(memoryOf(world, id).strikes, 0);
  });

  test("a human who moves the parked task on wipes it clean", () => {
    const { world, id } = looping();
    for (let n = 0; n < 4; n += 1) again(world, id);
    world.run(move(id, "todo"));
    world.run(claim(id), A1);
    assert.equal(again(world, id), "step.recorded");
  });

  test("an approval lets the very step through once", () => {
    const { world, id } = looping();
    again(world, id);
    world.run(approve(lastRefused(world)));
    assert.deepEqual([again(world, id), again(world, id)], ["step.recorded", "step.repeated"]);
  });

  test("the note of what was left is written in spite of it", () => {
    const { world, id } = looping();
    for (let n = 0; n < 3; n += 1) again(world, id);
    assert.equal(take(world, id, READ, "same", { handBack: true }), "step.hand_back");
  });

  test("whoever does not hold the task climbs nothing, not even after its run was ended", () => {
    const { world, id } = looping();
    for (let n = 0; n < 3; n += 1) again(world, id);
    for (let n = 0; n < 5; n += 1) assert.equal(take(world, id, READ, "same", { as: agent("a-2") }), "lease.not_held");
    assert.equal(take(world, id, READ, "same", { as: agent("a-1", 7) }), "lease.fence_stale");
    assert.equal(memoryOf(world, id).strikes, 3);
  });

  test("a step asked for with a settlement climbs it too, and the settlement stands", () => {
    const { world, id } = looping();
    for (let n = 0; n < 3; n += 1) again(world, id);
    const { id: other } = { id: world.held("a-1") };
    const reserved = world.run(reserve(other, { call: callOf("work") }), A1);
    const next = { task: id, tool: null, call: READ, amounts: {}, started: false, handBack: false };
    const settled = world.run(settle(String(reserved.result?.["reservation"]), { result: digestOf("x"), next }), A1);
    assert.deepEqual([settled.verdict, settled.nextRefused?.code], ["granted", "step.run_ended"]);
    assert.equal(taskIn(world, id).state, "blocked");
  });

  test("it climbs where refusals are no longer written down", () => {
    const { world, id } = looping();
    for (let n = 0; n < 60; n += 1) world.run(claim("nowhere"), A1);
    const before = world.log.length;
    for (let n = 0; n < 4; n += 1) again(world, id);
    assert.equal(taskIn(world, id).state, "blocked");
    assert.equal(world.log.slice(before).filter(({ type }) => type === "command_refused").length, 0);
  });

  test("what a human holds is not taken away, whoever goes round with it", () => {
    const world = new World();
    const id = world.task();
    world.run(claim(id));
    const codes = Array.from({ length: 12 }, () => take(world, id, READ, "same", { as: harness }));
    assert.deepEqual(codes.slice(6, 9), ["step.repeated", "step.repeated", "step.repeated"]);
    assert.deepEqual([taskIn(world, id).state, taskIn(world, id).holder], ["in_progress", "human:ada"]);
  });

  test("another name for the run takes no step more under the same claim", () => {
    const { world, id } = looping("night-7");
    for (let n = 0; n < 3; n += 1) again(world, id, "night-7");
    assert.equal(take(world, id, callOf("another"), "x", { as: { ...A1, run: "night-8" } }), "step.run_ended");
  });

  test("what is remembered goes with the task's end", () => {
    const { world, id } = looping();
    world.run(move(id, "done"), A1);
    assert.equal(world.get(`steps/${id}`), null);
  });
});
