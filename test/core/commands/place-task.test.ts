import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { childrenKey } from "../../../src/core/rows/keys.ts";
import { create, move, place, taskIn } from "../../support/asks.ts";
import { withLineage } from "../../support/policies.ts";
import { agent, World } from "../../support/world.ts";

const childrenOf = (world: World, id: string): readonly string[] => {
  const row = world.get(childrenKey(id));
  return row?.kind === "children" ? row.ids : [];
};

describe("placing a task under another parent", () => {
  test("takes along what lies below it, and every path says where it lies now", () => {
    const world = new World();
    const root = world.task();
    const [left, right] = [world.task({ parent: root }), world.task({ parent: root })];
    const child = world.task({ parent: left });
    const grandchild = world.task({ parent: child });
    assert.equal(world.run(place(left, right)).message, `${left} placed below ${right}, depth 2`);
    assert.deepEqual(taskIn(world, left).path, [root, right]);
    assert.deepEqual(taskIn(world, child).path, [root, right, left]);
    assert.deepEqual(taskIn(world, grandchild).path, [root, right, left, child]);
    assert.deepEqual([taskIn(world, left).parent, taskIn(world, child).parent], [right, left]);
    assert.deepEqual([childrenOf(world, root), childrenOf(world, right)], [[right], [left]]);
  });

  test("open children move with it; children ever had are counted where they were made too", () => {
    const world = new World();
    const root = world.task();
    const [left, right] = [world.task({ parent: root }), world.task({ parent: root })];
    const child = world.task({ parent: left });
    world.run(place(child, right));
    const numbers = (id: string) => [taskIn(world, id).children, taskIn(world, id).openChildren];
    assert.deepEqual(
      [numbers(left), numbers(right)],
      [
        [1, 0],
        [1, 1],
      ],
    );
    world.run(move(child, "cancelled"));
    assert.deepEqual(numbers(right), [1, 0]);
    assert.equal(taskIn(world, root).descendants, 3, "moving makes nothing");
  });

  test("stays within its root", () => {
    const world = new World();
    const [one, two] = [world.task(), world.task()];
    const child = world.task({ parent: one });
    const refused = world.run(place(child, two));
    assert.deepEqual([refused.code, refused.message], ["lineage.other_root", "T-3 lies below T-1, T-2 below T-2"]);
    assert.equal(world.code(place(one, two)), "lineage.other_root", "a root goes nowhere");
  });

  test("is no cycle: not below itself, nor below what lies below it", () => {
    const world = new World();
    const root = world.task();
    const parent = world.task({ parent: root });
    const child = world.task({ parent });
    assert.equal(world.code(place(parent, parent)), "lineage.cycle");
    assert.equal(world.code(place(parent, child)), "lineage.cycle");
    assert.equal(world.code(place(child, root)), "task.placed");
  });

  test("names a parent that exists and is another than before; ended work stays", () => {
    const world = new World();
    const root = world.task();
    const [one, two] = [world.task({ parent: root }), world.task({ parent: root })];
    assert.equal(world.code(place(one, root)), "task.placed_there");
    assert.equal(world.code(place(one, "none")), "task.parent_unknown");
    assert.equal(world.code(place("none", one)), "task.unknown");
    world.run(move(one, "cancelled"));
    assert.equal(world.code(place(one, two)), "task.ended");
  });

  test("takes at most 64 tasks along, however they lie", () => {
    for (const wide of [true, false]) {
      const world = new World(withLineage({ depth: { soft: null, hard: 32 }, children: { soft: null, hard: 1_000 } }));
      const root = world.task();
      const [from, to] = [world.task({ parent: root }), world.task({ parent: root })];
      let parent = from;
      for (let n = 1; n <= 64; n += 1) {
        const made = world.task({ parent });
        if (!wide) parent = n % 16 === 0 ? from : made;
      }
      assert.equal(world.code(place(from, to)), "task.placed", `wide: ${wide}`);
      world.task({ parent: from });
      const refused = world.run(place(from, root));
      assert.deepEqual(
        [refused.code, refused.message],
        ["lineage.move_too_large", `more than 64 tasks lie below ${from}`],
      );
    }
  });

  test("is judged by depth and by the number of children", () => {
    const world = new World(withLineage({ depth: { soft: null, hard: 2 }, children: { soft: null, hard: 2 } }));
    const root = world.task();
    const [one, two] = [world.task({ parent: root }), world.task({ parent: root })];
    const child = world.task({ parent: one });
    assert.equal(world.code(place(two, child)), "lineage.depth_exceeded");
    assert.equal(world.code(place(child, root)), "lineage.children_exceeded", "children are counted for life");
  });

  test("what lies below it does not come to lie too deep", () => {
    const world = new World(withLineage({ depth: { soft: null, hard: 2 } }));
    const root = world.task();
    const [one, two] = [world.task({ parent: root }), world.task({ parent: root })];
    world.task({ parent: one });
    assert.equal(world.code(place(one, two)), "lineage.depth_exceeded");
  });

  test("an agent that holds the parent may, under its own fence", () => {
    const world = new World();
    const root = world.held("a-1");
    const [one, two] = [world.task({ parent: root }), world.task({ parent: root })];
    assert.equal(world.code(place(one, two), agent("a-1")), "task.placed");
    assert.equal(world.code(create({ parent: one }), agent("a-1")), "task.created");
  });
});
