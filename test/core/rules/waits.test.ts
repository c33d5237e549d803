import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { create, edit, move, place, reopen, taskIn } from "../../support/asks.ts";
import { agent, World } from "../../support/world.ts";

describe("waits", () => {
  test("a circle of blockers is refused at the edit that closes it, near or far", () => {
    const world = new World();
    const ids = [world.task()];
    for (let n = 1; n < 12; n += 1) ids.push(world.task({ blockedBy: [ids.at(-1) ?? ""] }));
    const [first = "", second = ""] = ids;
    assert.equal(world.code(edit(first, { blockedBy: [first] })), "lineage.wait_cycle");
    assert.equal(world.code(edit(first, { blockedBy: [second] })), "lineage.wait_cycle");
    const far = world.run(edit(first, { blockedBy: [ids.at(-1) ?? ""] }));
    assert.deepEqual([far.code, far.message], ["lineage.wait_cycle", "T-1 would wait for T-12, which waits for it"]);
    assert.deepEqual(taskIn(world, first).blockedBy, []);
  });

  test("a new task does not wait for itself", () => {
    const world = new World();
    assert.equal(world.code(create({ task: "x", blockedBy: ["x"] })), "lineage.wait_cycle");
  });

  test("a parent waits for its children: a child does not wait for what is above it", () => {
    const world = new World();
    const root = world.task();
    const parent = world.task({ parent: root });
    const child = world.task({ parent });
    for (const above of [root, parent]) {
      assert.equal(world.code(create({ parent, blockedBy: [above] })), "lineage.wait_cycle");
      assert.equal(world.code(edit(child, { blockedBy: [above] })), "lineage.wait_cycle");
    }
    assert.equal(world.code(edit(root, { blockedBy: [child] })), "task.edited", "it waits for the child anyway");
  });

  test("nor for what waits for its parent", () => {
    const world = new World();
    const parent = world.task();
    const after = world.task({ blockedBy: [parent] });
    assert.equal(world.code(create({ parent, blockedBy: [after] })), "lineage.wait_cycle");
    const child = world.task({ parent });
    assert.equal(world.code(edit(child, { blockedBy: [after] })), "lineage.wait_cycle");
    const below = world.task({ parent: after });
    assert.equal(world.code(edit(child, { blockedBy: [below] })), "task.edited", "a part of it may come first");
  });

  test("a task is not moved below what it waits for", () => {
    const world = new World();
    const root = world.task();
    const parent = world.task({ parent: root });
    const task = world.task({ parent: root, blockedBy: [parent] });
    assert.equal(world.code(place(task, parent)), "lineage.wait_cycle");
  });

  test("nor is what lies below it", () => {
    const world = new World();
    const root = world.task();
    const parent = world.task({ parent: root });
    const task = world.task({ parent: root });
    const child = world.task({ parent: task, blockedBy: [parent] });
    assert.equal(world.code(place(task, parent)), "lineage.wait_cycle");
    world.run(edit(child, { blockedBy: [] }));
    assert.equal(world.code(place(task, parent)), "task.placed");
  });

  test("blockers side by side, shared and crossing branches are no circle", () => {
    const world = new World();
    const root = world.task();
    const [left, right] = [world.task({ parent: root }), world.task({ parent: root })];
    const last = world.task({ parent: root, blockedBy: [left, right] });
    assert.equal(world.code(edit(right, { blockedBy: [left] })), "task.edited");
    assert.equal(world.code(create({ parent: last, blockedBy: [left, right] })), "task.created");
  });

  test("ended work waits for nobody, and is not reopened into a circle", () => {
    const world = new World();
    const one = world.task();
    const two = world.task({ blockedBy: [one] });
    world.run(move(two, "cancelled"));
    assert.equal(world.code(edit(one, { blockedBy: [two] })), "task.edited");
    assert.equal(world.code(reopen(two)), "lineage.wait_cycle");
    world.run(edit(one, { blockedBy: [] }));
    assert.equal(world.code(reopen(two)), "task.reopened");
  });

  test("a task waits for 16 at most, and 64 wait for it", () => {
    const world = new World();
    const blockers = Array.from({ length: 17 }, () => world.task());
    assert.equal(world.code(create({ blockedBy: blockers })), "task.too_many_links");
    assert.equal(world.code(create({ blockedBy: blockers.slice(1) })), "task.created");
    const busy = world.task();
    const waiting = Array.from({ length: 64 }, () => world.task({ blockedBy: [busy] }));
    assert.equal(world.code(create({ blockedBy: [busy] })), "task.too_many_links");
    assert.equal(world.code(edit(waiting[0] ?? "", { blockedBy: [busy] })), "task.edited", "it waits already");
    world.run(edit(waiting[0] ?? "", { blockedBy: [] }));
    assert.equal(world.code(create({ blockedBy: [busy] })), "task.created");
  });

  test("ending what 64 tasks wait for is one decision", () => {
    const world = new World();
    const busy = world.held("a-1");
    const waiting = Array.from({ length: 64 }, () => world.task({ blockedBy: [busy] }));
    assert.equal(world.code(move(busy, "done"), agent("a-1")), "task.moved");
    for (const id of waiting) assert.equal(taskIn(world, id).openBlockers, 0);
  });
});
