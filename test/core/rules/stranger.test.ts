import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { claim, create, move, release } from "../../support/asks.ts";
import { agent, World } from "../../support/world.ts";

describe("stranger", () => {
  test("an agent that a task does not concern neither ends it nor puts it off", () => {
    const world = new World();
    const id = world.task({ assignee: "good" });
    for (const to of ["cancelled", "blocked"]) {
      const refused = world.run(move(id, to, "because"), agent("mal"));
      assert.deepEqual([refused.code, refused.override], ["task.stranger", "human"], to);
    }
    assert.equal(world.code(move(id, "done"), agent("mal")), "lifecycle.transition_skipped", "the table speaks first");
  });

  test("who is meant to do it, did it, made it or holds its parent may, and so may a human", () => {
    const world = new World();
    assert.equal(world.code(move(world.task({ assignee: "a-1" }), "blocked", "no key"), agent("a-1")), "task.moved");
    const worked = world.held("a-1");
    world.run(release(worked), agent("a-1"));
    assert.equal(world.code(move(worked, "blocked", "no key"), agent("a-1")), "task.moved");
    const made = String(world.run(create(), agent("a-1")).result?.["task"]);
    assert.equal(world.code(move(made, "cancelled", "no use"), agent("a-1")), "task.moved");
    const parent = world.held("a-1");
    assert.equal(world.code(move(world.task({ parent }), "cancelled", "no use"), agent("a-1")), "task.moved");
    assert.equal(world.code(move(world.task(), "cancelled")), "task.moved");
  });

  test("anybody may claim, and whoever reviews moves what waits for review", () => {
    const world = new World();
    const id = world.task();
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
    world.run(move(id, "in_review"), agent("a-1"));
    assert.equal(world.code(move(id, "done"), agent("a-2")), "task.moved");
  });
});
