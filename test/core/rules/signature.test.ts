import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import { claim, create } from "../../support/asks.ts";
import { enforcing } from "../../support/policies.ts";
import { agent, World } from "../../support/world.ts";

const policy = enforcing(DAY_ONE_POLICY, "signature");

/** A chain of tasks below each other, each held by the named agent and of the named kind; gives the last one. */
function chain(world: World, links: readonly (readonly [string, string])[]): string {
  let parent: string | null = null;
  for (const [by, taskKind] of links) parent = world.held(by, { parent, taskKind });
  return parent ?? "";
}

const TWICE = [
  ["a-1", "plan"],
  ["a-2", "build"],
  ["a-1", "Plan "],
  ["a-2", "test"],
] as const;

describe("signature", () => {
  test("one agent with one kind of work stands twice in a line, not a third time", () => {
    const world = new World(policy);
    const parent = chain(world, TWICE);
    const refused = world.run(create({ parent, taskKind: "plan", assignee: "a-1" }), agent("a-2"));
    assert.deepEqual(
      [refused.code, refused.message],
      ["lineage.signature_repeated", "a-1 stands 2 times for plan above T-5, limit 2"],
    );
    assert.equal(world.code(create({ parent, taskKind: "plan", assignee: "a-3" }), agent("a-2")), "task.created");
    assert.equal(world.code(create({ parent, taskKind: "review", assignee: "a-1" }), agent("a-2")), "task.created");
  });

  test("leaving the assignee out evades nothing: the claim is judged", () => {
    const world = new World(policy);
    const parent = chain(world, TWICE);
    const id = String(world.run(create({ parent, taskKind: "PLAN" }), agent("a-2")).result?.["task"]);
    assert.equal(world.code(claim(id), agent("a-1")), "lineage.signature_repeated");
    assert.equal(world.code(claim(id), agent("a-3")), "task.claimed");
  });

  test("a detour through fresh roots is the same line", () => {
    const world = new World(policy);
    let by = "a-1";
    let task = world.held(by, { taskKind: "plan" });
    for (const next of ["a-2", "a-1", "a-2"]) {
      task = String(world.run(create({ taskKind: next === "a-1" ? "plan" : "build" }), agent(by)).result?.["task"]);
      assert.equal(world.code(claim(task), agent(next)), "task.claimed");
      by = next;
    }
    assert.equal(world.code(create({ taskKind: "plan", assignee: "a-1" }), agent("a-2")), "lineage.signature_repeated");
  });

  test("it observes on day one", () => {
    const world = new World();
    const parent = chain(world, TWICE);
    const made = world.run(create({ parent, taskKind: "plan", assignee: "a-1" }), agent("a-2"));
    assert.ok(made.wouldHave?.some(({ code }) => code === "lineage.signature_repeated"));
  });

  test("a human may claim what an agent may not", () => {
    const world = new World(policy);
    const id = world.task({ parent: chain(world, TWICE), taskKind: "plan" });
    assert.equal(world.code(claim(id)), "task.claimed");
  });
});
