import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import { assign, claim, evidence, move, release, taskIn } from "../../support/asks.ts";
import { enforcing } from "../../support/policies.ts";
import { agent, fact, harness, World } from "../../support/world.ts";

const policy = enforcing(DAY_ONE_POLICY, "flapping");

/** Takes the task up and hands it to review, again and again; gives the codes of the claims. */
function rounds(world: World, id: string, count: number): readonly string[] {
  return Array.from({ length: count }, () => {
    const code = world.code(claim(id), agent("a-1"));
    world.run(move(id, "in_review"), agent("a-1"));
    return code;
  });
}

describe("flapping", () => {
  test("the fourth entry into one state without progress is refused", () => {
    const world = new World(policy);
    const id = world.task();
    assert.deepEqual(rounds(world, id, 4), ["task.claimed", "task.claimed", "task.claimed", "lineage.flapping"]);
    const refused = world.run(claim(id), agent("a-2"));
    assert.equal(refused.message, "T-1 entered in_progress 3 times without progress, limit 3");
  });

  test("it observes on day one", () => {
    const world = new World();
    const id = world.task();
    rounds(world, id, 3);
    assert.deepEqual(
      world.run(claim(id), agent("a-1")).wouldHave?.map(({ code }) => code),
      ["lineage.flapping"],
    );
  });

  test("giving back is never refused, whatever the number", () => {
    const world = new World(policy);
    const id = world.task();
    for (let n = 0; n < 3; n += 1) {
      world.run(claim(id), agent("a-1"));
      assert.equal(world.code(release(id), agent("a-1")), "task.released");
    }
    assert.equal(taskIn(world, id).entries["todo"], 4);
    assert.equal(world.code(claim(id), agent("a-1")), "lineage.flapping");
  });

  test("progress starts the count again: evidence that passed, a human's move, a human's assignment", () => {
    for (const progress of [
      (world: World, id: string) => world.run(evidence(id), harness),
      (world: World, id: string) => world.run(move(id, "blocked")),
      (world: World, id: string) => world.run(assign(id, "a-1")),
    ]) {
      const world = new World(policy);
      const id = world.task();
      rounds(world, id, 3);
      progress(world, id);
      assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
    }
  });

  test("a human's own move is never refused", () => {
    const world = new World(policy);
    const id = world.task();
    for (let n = 0; n < 6; n += 1) {
      assert.equal(world.code(claim(id)), "task.claimed");
      assert.equal(world.code(move(id, "blocked")), "task.moved");
    }
  });

  test("what a harness tells of is no move that anybody asked for: it is not judged", () => {
    const world = new World(policy);
    for (let n = 0; n < 9; n += 1) {
      const [from, to] = n % 2 === 0 ? ["todo", "blocked"] : ["blocked", "todo"];
      const told = fact({ task: "x", from: from ?? null, to: to ?? "", occurredAt: n });
      const found = world.run({ type: "record_fact", body: told }, harness).wouldHave ?? [];
      assert.equal(
        found.some(({ code }) => code === "lineage.flapping"),
        false,
      );
    }
  });
});
