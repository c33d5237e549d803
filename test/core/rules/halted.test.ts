import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  assign,
  cancel,
  claim,
  countsIn,
  create,
  edit,
  halt,
  heartbeat,
  move,
  record,
  release,
  reserve,
  resume,
  settle,
  taskIn,
} from "../../support/asks.ts";
import { agent, World } from "../../support/world.ts";

describe("halted", () => {
  test("under each scope's halt nothing new begins", () => {
    for (const scope of ["task/T-2", "lineage/T-1", "agent/a-1", "workspace"]) {
      const world = new World();
      const root = world.task();
      const held = world.held("a-1", { parent: root });
      assert.equal(world.code(halt(scope)), "scope.halted", scope);
      for (const asked of [claim(held), create({ parent: held })])
        assert.equal(world.code(asked, agent("a-1")), "halt.active", `${scope} ${asked.type}`);
      assert.equal(taskIn(world, held).holder, null, "the lease is over");
    }
  });

  test("a halt of a task reaches what is made right below it, and no further; its lineage reaches all", () => {
    const world = new World();
    const root = world.task();
    const middle = world.task({ parent: root });
    const below = world.task({ parent: middle });
    world.run(halt(`task/${middle}`));
    assert.equal(world.code(create({ parent: middle })), "halt.active");
    assert.equal(world.code(claim(middle), agent("a-1")), "halt.active");
    assert.equal(world.code(claim(below), agent("a-1")), "task.claimed");
    assert.equal(world.code(create({ parent: below }), agent("a-1")), "task.created");
    world.run(halt(`lineage/${root}`));
    assert.equal(world.code(record(below), agent("a-1")), "halt.active");
    assert.equal(world.code(create({ parent: below }), agent("a-1")), "halt.active");
  });

  test("a lease that the halt ended takes no step and no heartbeat any more", () => {
    const world = new World();
    const held = world.held("a-1");
    world.run(halt(`task/${held}`));
    for (const asked of [record(held), reserve(held), heartbeat(held)])
      assert.equal(world.code(asked, agent("a-1")), "halt.active", asked.type);
  });

  test("the refusal names the scope, who halted it and how it ends", () => {
    const world = new World();
    const held = world.task();
    world.run(halt("workspace"));
    const refused = world.run(claim(held), agent("a-1"));
    assert.equal(refused.message, "workspace is halted by human ada");
    assert.deepEqual(refused.next, [
      "begin nothing; settle what is open and end your turn",
      "a human runs `exec-kernel resume workspace`",
    ]);
  });

  test("a human begins nothing under a halt either, and resumes it", () => {
    const world = new World();
    const id = world.task();
    world.run(halt("workspace"));
    assert.equal(world.code(create()), "halt.active");
    assert.equal(world.code(claim(id)), "halt.active");
    assert.equal(world.code(resume("workspace"), agent("a-1")), "actor.not_allowed");
    assert.equal(world.code(resume("workspace")), "scope.resumed");
    assert.equal(world.code(create()), "task.created");
  });

  test("what was spent is settled and cancelled under a halt", () => {
    const world = new World();
    const held = world.held("a-1");
    const [one, two] = [0, 1].map(() => String(world.run(reserve(held), agent("a-1")).result?.["reservation"]));
    world.run(halt("workspace"));
    assert.equal(world.code(settle(one ?? "", { amounts: { tokens: 9 } }), agent("a-1")), "step.settled");
    assert.equal(world.code(cancel(two ?? ""), agent("a-1")), "step.cancelled");
    assert.deepEqual(countsIn(world, "workspace", "tokens").used, [9, 9, 9, 9]);
  });

  test("a halt costs no attempt and books the whole hold", () => {
    const world = new World();
    const held = world.held("a-1");
    world.at += 60_000;
    world.run(halt(`lineage/${held}`));
    world.run(resume(`lineage/${held}`));
    assert.equal(world.code(record(held), agent("a-1")), "lease.not_held");
    const row = taskIn(world, held);
    assert.deepEqual([row.state, row.attempt, row.escalation.failures], ["todo", 1, 0]);
    const { used, held: open } = countsIn(world, `task/${held}`, "durationMs");
    assert.deepEqual([used[0], open[0]], [1_800_000, 0]);
    assert.equal(world.run(claim(held), agent("a-1")).result?.["fence"], 2);
  });

  test("a lease that had expired before the halt is a lost one", () => {
    const world = new World();
    const held = world.held("a-1");
    world.at += 1_800_000;
    world.run(halt("workspace"));
    world.run(release(held), agent("a-1"));
    assert.equal(taskIn(world, held).attempt, 2);
  });

  test("other trees, tasks and agents go on", () => {
    const world = new World();
    const [halted, other] = [world.task(), world.task()];
    world.run(halt(`lineage/${halted}`));
    world.run(halt("agent/a-2"));
    assert.equal(world.code(claim(other), agent("a-1")), "task.claimed");
    assert.equal(world.code(move(halted, "cancelled", "no use")), "task.moved", "a human puts it right");
  });

  test("an agent changes nothing under a halt", () => {
    const world = new World();
    const own = String(world.run(create(), agent("a-1")).result?.["task"]);
    world.run(halt("workspace"));
    for (const asked of [move(own, "cancelled", "no use"), assign(own, "a-2"), edit(own, { priority: 0 })])
      assert.equal(world.code(asked, agent("a-1")), "halt.active", asked.type);
  });

  test("work made under a halted lineage is halted, also where it claims to be a root", () => {
    const world = new World();
    const held = world.held("a-1");
    const root = String(world.run(create(), agent("a-1")).result?.["task"]);
    assert.equal(taskIn(world, root).originRoot, held);
    world.run(halt(`lineage/${held}`));
    assert.equal(world.code(claim(root), agent("a-2")), "halt.active");
    assert.equal(world.code(create(), agent("a-1")), "halt.active");
  });

  test("a scope is halted once and resumed once, and names what exists", () => {
    const world = new World();
    const root = world.task();
    const child = world.task({ parent: root });
    assert.equal(world.code(resume("workspace")), "halt.not_halted");
    world.run(halt("workspace"));
    assert.equal(world.code(halt("workspace")), "halt.already");
    assert.equal(world.code(halt("lineage/none")), "task.unknown");
    assert.equal(world.code(halt(`lineage/${child}`)), "scope.not_root");
    assert.equal(world.code(halt("nothing")), "scope.unknown");
  });
});
