import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { claim, edit, move } from "../../support/asks.ts";
import { agent, World } from "../../support/world.ts";
import type { Kinds } from "../../support/world.ts";

const register = (name: string, capabilities: readonly string[]): Kinds => ({
  type: "register_agent",
  body: { agent: name, capabilities },
});

describe("capability", () => {
  test("a task that needs something is claimed only by agents registered with all of it", () => {
    const world = new World();
    const id = world.task({ needs: ["review", "signing"] });
    assert.equal(world.code(claim(id), agent("a-1")), "claim.capability_missing");
    world.run(register("a-1", ["signing"]), agent("a-1"));
    const refused = world.run(claim(id), agent("a-1"));
    assert.equal(refused.message, "T-1 needs review, which a-1 is not registered with");
    world.run(register("a-1", ["signing", "review", "cooking"]), agent("a-1"));
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
  });

  test("a move into the working state is judged like a claim", () => {
    const world = new World();
    const id = world.task({ needs: ["signing"] });
    assert.equal(world.code(move(id, "in_progress"), agent("a-1")), "claim.capability_missing");
  });

  test("a human can do everything, and a task without needs is anybody's", () => {
    const world = new World();
    assert.equal(world.code(claim(world.task({ needs: ["signing"] }))), "task.claimed");
    assert.equal(world.code(claim(world.task()), agent("a-1")), "task.claimed");
  });

  test("needs that change count from the next claim on", () => {
    const world = new World();
    const id = world.task();
    world.run(edit(id, { needs: ["signing"] }));
    assert.equal(world.code(claim(id), agent("a-1")), "claim.capability_missing");
    world.run(edit(id, { needs: [] }));
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
  });
});
