import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CompletedIds } from "../../src/standalone/completed-ids.ts";
import { LoopDetector } from "../../src/standalone/index.ts";
import { WorkGraph } from "../../src/standalone/work-graph.ts";
import type { GraphNode } from "../../src/standalone/work-node.ts";
import { lineOf } from "../../src/standalone/work-node.ts";

function graphOf(max: number, ...ids: readonly string[]): WorkGraph {
  const graph = new WorkGraph(max);
  for (const id of ids) graph.put(id, "a", "k", 0, null, null);
  return graph;
}

function known(graph: WorkGraph, ids: string): string {
  return Array.from(ids)
    .filter((id) => (graph.find(id)?.agent ?? null) !== null)
    .join("");
}

describe("a full graph", () => {
  test("forgets completed work that nothing refers to first, in the order of completion", () => {
    const graph = graphOf(4, "a", "b", "c", "d");
    graph.complete("c");
    graph.complete("b");
    graph.put("e", "a", "k", 0, null, null);
    assert.equal(known(graph, "abcde"), "abde");
    graph.put("f", "a", "k", 0, null, null);
    assert.equal(known(graph, "abdef"), "adef");
  });

  test("forgets the work that was registered first where none is completed", () => {
    const graph = graphOf(3, "a", "b", "c", "d", "e");
    assert.equal(known(graph, "abcde"), "cde");
  });

  test("keeps completed work as long as something hangs below it, and no longer", () => {
    const graph = graphOf(4, "x", "p");
    graph.put("c", "a", "k", 1, "p", "p");
    graph.complete("p");
    graph.complete("c");
    graph.put("d", "a", "k", 0, null, null);
    graph.put("e", "a", "k", 0, null, null);
    assert.equal(known(graph, "xpcde"), "xpde", "the child goes");
    graph.put("f", "a", "k", 0, null, null);
    assert.equal(known(graph, "xpdef"), "xdef", "then the parent, and not the older work that is under way");
  });

  test("work that is registered again, or gets a child, is no longer spent", () => {
    const graph = graphOf(4, "x", "a", "b");
    for (const id of ["a", "b"]) graph.complete(id);
    graph.put("a", "a", "k", 0, null, null);
    graph.put("c", "a", "k", 1, "b", null);
    graph.put("d", "a", "k", 0, null, null);
    assert.equal(known(graph, "xabcd"), "abcd", "so the oldest of all goes");
  });

  test("an id that was only referred to goes with the last that referred to it", () => {
    const graph = graphOf(10);
    graph.put("c", "a", "k", 1, "p", "q");
    graph.put("d", "a", "k", 1, "p", null);
    assert.equal(graph.size, 4);
    graph.put("c", "a", "k", 0, null, null);
    assert.equal(graph.size, 3);
    graph.put("d", "a", "k", 0, null, null);
    assert.equal(graph.size, 2);
    assert.equal(graph.find("p"), undefined);
  });

  test("a forgotten parent leaves its children their depth, and its id may be used again", () => {
    const graph = graphOf(2, "p");
    graph.put("c", "a", "k", 1, "p", null);
    graph.put("d", "a", "k", 0, null, null);
    assert.equal(graph.find("p"), undefined);
    assert.equal(graph.find("c")?.depth, 1);
    graph.put("p", "b", "k", 0, null, null);
    graph.put("c", "a", "k", 0, null, null);
    assert.equal(graph.find("p")?.references ?? 0, 0);
    assert.equal(graph.size, 2);
  });

  test("a million tasks in a chain leave it at its bound, with the newest known", () => {
    const detector = new LoopDetector({ maxNodes: 1_000, maxDepth: Infinity });
    for (let i = 0; i < 1_000_000; i += 1) {
      const parentTaskId = i === 0 ? undefined : `t${i - 1}`;
      detector.registerNode({ taskId: `t${i}`, agentId: "a", taskType: "k", parentTaskId });
    }
    assert.ok(detector.nodeCount <= 1_000);
    assert.equal(detector.checkNewTask("new", "b", "k", { parentTaskId: "t999999" }), 1_000_000);
  });

  test("one long-lived root outlives any number of tasks that end below it", () => {
    const detector = new LoopDetector({ maxNodes: 50 });
    detector.registerNode({ taskId: "root", agentId: "lead", taskType: "epic", depth: 4 });
    for (let i = 0; i < 10_000; i += 1) {
      detector.registerNode({ taskId: `t${i}`, agentId: "a", taskType: "k", parentTaskId: "root" });
      detector.markCompleted(`t${i}`);
    }
    assert.equal(detector.checkNewTask("new", "a", "k", { parentTaskId: "root" }), 5);
  });
});

describe("lineOf", () => {
  function chain(ids: string, back: number | null): GraphNode | null {
    const nodes = Array.from(ids).map((id): GraphNode => ({
      id,
      agent: "a",
      kind: "k",
      depth: 0,
      parent: null,
      creator: null,
      references: 0,
      completed: false,
    }));
    for (const [index, node] of nodes.entries())
      node.parent = nodes[index + 1] ?? (back === null ? null : (nodes[back] ?? null));
    return nodes[0] ?? null;
  }

  test("gives every id of a line once, itself first", () => {
    assert.deepEqual([...lineOf(chain("abcdefg", null), "parent")], Array.from("abcdefg"));
    assert.deepEqual([...lineOf(null, "parent")], []);
    assert.deepEqual([...lineOf(chain("abc", null), "creator")], ["a"]);
  });

  test("gives every id of a line that runs into a loop, and ends within three times its length", () => {
    for (let length = 1; length <= 40; length += 1) {
      const ids = Array.from({ length }, (_, index) => String.fromCodePoint(0x4e00 + index)).join("");
      for (let back = 0; back < length; back += 1) {
        const walked = [...lineOf(chain(ids, back), "parent")];
        assert.deepEqual(new Set(walked), new Set(ids));
        assert.ok(walked.length <= 3 * length, `${walked.length} steps for ${length}, loop to ${back}`);
      }
    }
  });
});

describe("CompletedIds", () => {
  test("holds as many as it may, through many rounds of its ring", () => {
    const ids = new CompletedIds(5);
    for (let i = 0; i < 1_000; i += 1) {
      ids.add(`t${i}`);
      assert.equal(ids.size, Math.min(i + 1, 5));
      assert.equal(ids.has(`t${i - 5}`), false);
      assert.equal(ids.has(`t${Math.max(0, i - 4)}`), true);
    }
  });
});
