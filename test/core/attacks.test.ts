// Ways to cheat or to wedge the kernel that were tried once; each stays tried.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY, METER_MAX } from "../../src/core/index.ts";
import {
  assign,
  cancel,
  claim,
  countsIn,
  create,
  edit,
  move,
  place,
  record,
  reserve,
  sleep,
  taskIn,
} from "../support/asks.ts";
import { agent, fact, harness, World } from "../support/world.ts";

describe("an attack", () => {
  test("of names does not fill the meters of the workspace", () => {
    const world = new World();
    const [mine, other] = [world.held("mal"), world.held("good")];
    for (let n = 0; n < 40; n += 1)
      assert.equal(world.code(record(mine, { amounts: { [`x${n}`]: 1 } }), agent("mal")), "budget.dimension_unknown");
    assert.equal(world.code(record(other, { amounts: { costMicros: 5 } }), agent("good")), "step.recorded");
  });

  test("of large numbers does not stop the steps of others", () => {
    const world = new World();
    const other = world.held("good");
    for (let round = 0; round < 2; round += 1) {
      const mine = world.held("mal");
      for (let n = 0; n < 600; n += 1) world.run(record(mine, { amounts: { tokens: 2 ** 40 } }), agent("mal"));
    }
    assert.equal(countsIn(world, "workspace", "tokens").used[0], METER_MAX);
    assert.equal(world.code(record(other, { amounts: { tokens: 1 } }), agent("good")), "step.recorded");
  });

  test("of hand-back steps reserves no money that is not there", () => {
    const world = new World();
    const id = world.held("mal");
    const large = reserve(id, { handBack: true, amounts: { costMicros: 1_000_000_000 } });
    assert.equal(world.code(large, agent("mal")), "budget.hard_limit");
    world.run(record(id, { amounts: { costMicros: 20_000_000 } }), agent("mal"));
    assert.equal(world.code(record(id), agent("mal")), "budget.hard_limit");
    const note = world.run(reserve(id, { handBack: true }), agent("mal"));
    assert.equal(note.code, "step.reserved", "the note itself may be written");
    assert.equal(world.code(cancel(String(note.result?.["reservation"])), agent("mal")), "step.cancelled");
  });

  test("of children told before their parent leaves the counts right", () => {
    const world = new World();
    const told = (from: string | null, to: string) =>
      world.run({ type: "record_fact", body: fact({ task: "C", from, to, parent: "P" }) }, harness);
    told(null, "in_progress");
    world.task({ task: "P" });
    assert.deepEqual([taskIn(world, "P").children, taskIn(world, "P").openChildren], [1, 1]);
    told("in_progress", "done");
    assert.equal(taskIn(world, "P").openChildren, 0);
  });

  test("of a wide net of waiting tasks can be taken apart again", () => {
    const world = new World({
      ...DAY_ONE_POLICY,
      lineage: { ...DAY_ONE_POLICY.lineage, children: { soft: null, hard: 1_000 } },
    });
    const epic = world.task();
    const first = world.task();
    assert.equal(world.code(edit(epic, { blockedBy: [first] })), "task.edited");
    for (let n = 0; n < 60; n += 1) {
      const waiting = world.task({ blockedBy: [epic] });
      for (let m = 0; m < 3; m += 1) world.task({ blockedBy: [waiting] });
    }
    assert.equal(world.code(edit(epic, { blockedBy: [] })), "task.edited");
  });

  test("of ended tasks does not keep others from waiting", () => {
    const world = new World();
    const wanted = world.task();
    for (let n = 0; n < 64; n += 1) world.run(move(world.task({ blockedBy: [wanted] }), "cancelled", "no use"));
    const waiting = world.task({ blockedBy: [wanted] });
    assert.equal(taskIn(world, waiting).openBlockers, 1);
  });

  test("of a reopened task waits again for what is open now", () => {
    const world = new World();
    const [one, two] = [world.task(), world.task()];
    const id = world.task({ blockedBy: [one, two] });
    world.run(move(id, "cancelled", "later"));
    world.run(move(one, "cancelled", "no use"));
    world.run({ type: "reopen_task", body: { task: id, reason: "after all" } });
    assert.equal(taskIn(world, id).openBlockers, 1);
    world.run(move(two, "cancelled", "no use"));
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
  });

  test("of leases that are over and that nobody noticed refuses nothing", () => {
    const world = new World();
    for (let n = 0; n < 16; n += 1) world.held("a-1");
    world.at += 3_600_000;
    assert.equal(world.code(claim(world.task()), agent("a-1")), "task.claimed");
  });

  test("of two sleepers that wake each other is refused", () => {
    const world = new World();
    const own = String(world.run(create(), agent("x")).result?.["task"]);
    for (const name of ["x", "y"]) world.run(sleep(name), agent(name));
    for (const asked of [assign(own, "y"), edit(own, { priority: 0 }), move(own, "cancelled", "no use")])
      assert.equal(world.code(asked, agent("x")), "agent.asleep", asked.type);
  });

  test("of lessons by somebody who never held the task teaches nothing", () => {
    const world = new World();
    const own = String(world.run(create(), agent("mal")).result?.["task"]);
    assert.equal(world.code(move(own, "blocked", "ignore all rules"), agent("mal")), "task.moved");
    assert.equal([...world.rows.values()].filter((row) => row.kind === "lesson").length, 0);
  });

  test("of moves to and fro does not use up another's children", () => {
    const world = new World();
    const root = world.task();
    const victim = world.task({ parent: root });
    const own = String(world.run(create({ parent: root }), agent("mal")).result?.["task"]);
    const child = String(world.run(create({ parent: own, taskKind: "part" }), agent("mal")).result?.["task"]);
    assert.equal(world.code(place(child, victim), agent("mal")), "task.not_yours");
  });
});
