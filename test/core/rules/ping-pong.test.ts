import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import { assign, claim, create, evidence, move } from "../../support/asks.ts";
import { enforcing } from "../../support/policies.ts";
import { agent, harness, World } from "../../support/world.ts";

const policy = enforcing(DAY_ONE_POLICY, "ping-pong-chain");

/** Hands one task to and fro between its two makers; gives the code of each hand-off. */
function handOffs(world: World, id: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => world.code(assign(id, n % 2 === 0 ? "a-2" : "a-1"), agent("a-1")));
}

/** A task that a-2 holds, below one of a-1's, and so on: each made by the holder of the one above. */
function chain(world: World): string {
  let parent = world.held("a-1");
  for (const [by, to] of [
    ["a-1", "a-2"],
    ["a-2", "a-1"],
    ["a-1", "a-2"],
  ] as const) {
    const made = world.run(create({ parent, assignee: to, taskKind: `for ${parent}` }), agent(by));
    parent = String(made.result?.["task"]);
    world.run(claim(parent), agent(to));
  }
  return parent;
}

describe("ping-pong", () => {
  test("one task goes to one agent twice; the third time is refused, from day one", () => {
    const world = new World();
    const id = world.held("a-1");
    assert.deepEqual(handOffs(world, id, 5), [...Array(4).fill("task.assigned"), "lineage.ping_pong"]);
    const refused = world.run(assign(id, "a-2"), agent("a-1"));
    assert.equal(refused.message, "T-1 would go to a-2, who had it 2 times without progress, limit 2");
    assert.equal(world.code(assign(id, "a-3"), agent("a-1")), "task.assigned", "a third agent may have it");
  });

  test("ever new names do not make the old ones forgotten: after sixteen hands without progress there is no other", () => {
    const world = new World();
    const id = world.held("a-1");
    handOffs(world, id, 4);
    for (let n = 0; n < 12; n += 1) assert.equal(world.code(assign(id, `x-${n}`), agent("a-1")), "task.assigned");
    const refused = world.run(assign(id, "x-99"), agent("a-1"));
    assert.equal(refused.message, "T-1 would go to x-99, after 16 other hands without progress, limit 16");
    assert.equal(world.code(assign(id, "a-2")), "task.assigned", "a human gives it to whom they want");
    assert.equal(world.code(assign(id, "x-99"), agent("a-1")), "task.assigned");
  });

  test("saying again what is said changes nothing and is not counted against the limit", () => {
    const world = new World();
    const id = world.held("a-1");
    handOffs(world, id, 3);
    assert.equal(world.code(assign(id, "a-2"), agent("a-1")), "task.assigned");
  });

  test("evidence that passed is progress, and so is a human's hand", () => {
    for (const progress of [
      (world: World, id: string) => world.run(evidence(id), harness),
      (world: World, id: string) => world.run(assign(id, "a-9")),
      (world: World, id: string) => world.run(move(id, "blocked")),
    ]) {
      const world = new World();
      const id = String(world.run(create(), agent("a-1")).result?.["task"]);
      handOffs(world, id, 4);
      progress(world, id);
      assert.equal(world.code(assign(id, "a-2"), agent("a-1")), "task.assigned");
    }
  });

  test("evidence that did not pass is none, and nor is an agent's own move", () => {
    const world = new World();
    const id = world.held("a-1");
    handOffs(world, id, 4);
    world.run(evidence(id, { passed: false }), harness);
    assert.equal(world.code(assign(id, "a-2"), agent("a-1")), "lineage.ping_pong");
  });

  test("a human gives work to whom they want", () => {
    const world = new World();
    const id = world.task();
    for (let n = 0; n < 9; n += 1) assert.equal(world.code(assign(id, `a-${n % 2}`)), "task.assigned");
  });
});

describe("ping-pong along a chain", () => {
  test("it observes on day one", () => {
    const world = new World();
    const parent = chain(world);
    const decision = world.run(create({ parent, assignee: "a-1" }), agent("a-2"));
    const codes = decision.wouldHave?.map(({ code }) => code).filter((code) => code.startsWith("lineage.ping"));
    assert.deepEqual([decision.verdict, codes], ["granted", ["lineage.ping_pong_chain"]]);
  });

  test("along a chain of tasks the agents above count", () => {
    const world = new World(policy);
    const parent = chain(world);
    assert.equal(world.code(create({ parent, assignee: "a-1" }), agent("a-2")), "lineage.ping_pong_chain");
    assert.equal(world.code(create({ parent, assignee: "a-3" }), agent("a-2")), "task.created");
  });

  test("making it for nobody and giving it away afterwards evades nothing", () => {
    const world = new World(policy);
    let parent = world.held("a-1");
    for (const to of ["a-2", "a-1", "a-2"]) {
      parent = world.held(to, { parent, taskKind: `for ${parent}` });
    }
    const made = String(world.run(create({ parent }), agent("a-2")).result?.["task"]);
    assert.equal(world.code(assign(made, "a-1"), agent("a-2")), "lineage.ping_pong_chain");
  });

  test("whoever had this very task as often as may be is the other rule's, told once", () => {
    const world = new World();
    const id = world.held("a-2", { parent: chain(world) });
    for (let n = 0; n < 4; n += 1) world.run(assign(id, n % 2 === 0 ? "a-3" : "a-4"), agent("a-2"));
    const { code, wouldHave } = world.run(assign(id, "a-3"), agent("a-2"));
    assert.deepEqual([code, wouldHave], ["lineage.ping_pong", undefined]);
  });
});
