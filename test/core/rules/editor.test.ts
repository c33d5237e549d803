import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assign, create, edit, move, place, release, taskIn } from "../../support/asks.ts";
import { agent, World } from "../../support/world.ts";

describe("editor", () => {
  test("an agent changes what it made, holds, or holds the parent of; nothing else", () => {
    const world = new World();
    const made = String(world.run(create(), agent("a-1")).result?.["task"]);
    const held = world.held("a-1");
    const below = world.task({ parent: held });
    const other = world.task();
    for (const id of [made, held, below])
      assert.equal(world.code(edit(id, { priority: 1 }), agent("a-1")), "task.edited");
    assert.equal(world.code(edit(other, { priority: 1 }), agent("a-1")), "task.not_yours");
    assert.equal(world.code(assign(other, "a-1"), agent("a-1")), "task.not_yours");
    world.run(release(held), agent("a-1"));
    assert.equal(world.code(edit(below, { priority: 1 }), agent("a-1")), "task.not_yours");
  });

  test("a human and a system source change any", () => {
    const world = new World();
    const held = world.held("a-1");
    assert.equal(world.code(edit(held, { priority: 0 })), "task.edited");
    assert.equal(world.code(edit(held, { priority: 1 }), { kind: "system", actor: "cron" }), "task.edited");
    assert.equal(taskIn(world, held).priority, 1);
  });

  test("placing is editing", () => {
    const world = new World();
    const root = world.task();
    const [left, right] = [world.task({ parent: root }), world.task({ parent: root })];
    assert.equal(world.code(place(left, right), agent("a-1")), "task.not_yours");
  });

  test("an agent only tightens a task's own limits", () => {
    const world = new World();
    const held = world.held("a-1", { limits: { steps: 10 } });
    assert.equal(world.code(edit(held, { limits: { steps: 11 } }), agent("a-1")), "task.limit_loosened");
    assert.equal(world.code(edit(held, { limits: {} }), agent("a-1")), "task.limit_loosened");
    assert.equal(world.code(edit(held, { limits: { steps: 10, tokens: 5 } }), agent("a-1")), "task.edited");
    assert.equal(world.code(edit(held, { limits: { steps: 9, tokens: 5 } }), agent("a-1")), "task.edited");
    assert.equal(world.code(edit(held, { limits: {} })), "task.edited", "a human may");
  });

  test("an agent puts a deadline forward, never back or away", () => {
    const world = new World();
    const deadlineAt = world.at + 60_000;
    const held = world.held("a-1", { deadlineAt });
    assert.equal(world.code(edit(held, { deadlineAt: deadlineAt + 1 }), agent("a-1")), "task.limit_loosened");
    const refused = world.run(edit(held, { deadlineAt: 0 }), agent("a-1"));
    assert.equal(refused.message, "the edit would loosen deadline of T-1");
    assert.equal(world.code(edit(held, { deadlineAt: deadlineAt - 1 }), agent("a-1")), "task.edited");
    assert.equal(world.code(edit(held, { deadlineAt: 0 })), "task.edited");
    assert.equal(taskIn(world, held).deadlineAt, null);
  });

  test("ended work is not changed", () => {
    const world = new World();
    const id = world.task();
    world.run(move(id, "cancelled"));
    assert.equal(world.code(edit(id, { priority: 0 })), "task.ended");
    assert.equal(world.code(assign(id, "a-1")), "task.ended");
    assert.equal(world.code(edit("none", { priority: 0 })), "task.unknown");
  });
});
