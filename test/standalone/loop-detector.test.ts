import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LoopDetectionError, LoopDetector } from "../../src/standalone/index.ts";
import type { LoopDetectorOptions, WorkLinks, WorkNode } from "../../src/standalone/index.ts";

/** A detector that knows these tasks; each is "id", "id<parent" or "id<parent^creator", of agent a-ID and kind k-ID. */
function knowing(tasks: string, options: LoopDetectorOptions = {}): LoopDetector {
  const detector = new LoopDetector(options);
  for (const task of tasks.split(" ").filter((text) => text !== "")) {
    const [, taskId = "", parentTaskId, createdByTaskId] = /^(\w+)(?:<(\w*))?(?:\^(\w+))?$/.exec(task) ?? [];
    detector.registerNode({ taskId, agentId: `a-${taskId}`, taskType: `k-${taskId}`, parentTaskId, createdByTaskId });
  }
  return detector;
}

/** The depth, or the type of the refusal. */
function verdict(
  detector: LoopDetector,
  taskId: string,
  links?: WorkLinks,
  agentId = "a",
  taskType = "k",
): number | string {
  try {
    return detector.checkNewTask(taskId, agentId, taskType, links);
  } catch (error) {
    if (error instanceof LoopDetectionError) return error.loopType;
    throw error;
  }
}

function message(detector: LoopDetector, taskId: string, links: WorkLinks, agentId = "a", taskType = "k"): string {
  try {
    detector.checkNewTask(taskId, agentId, taskType, links);
  } catch (error) {
    if (error instanceof LoopDetectionError) return error.message;
    throw error;
  }
  return "allowed";
}

describe("depth", () => {
  test("a root has 0, a child one more than its parent, and the limit itself is allowed", () => {
    const detector = knowing("r c<r g<c", { maxDepth: 3 });
    assert.equal(verdict(detector, "new"), 0);
    assert.equal(verdict(detector, "new", { parentTaskId: "r" }), 1);
    assert.equal(verdict(detector, "new", { parentTaskId: "g" }), 3);
    detector.registerNode({ taskId: "d", agentId: "x", taskType: "y", parentTaskId: "g" });
    assert.equal(verdict(detector, "new", { parentTaskId: "d" }), "depth_exceeded");
  });

  test("the refusal names depth, limit and where to do it instead", () => {
    const detector = knowing("r", { maxDepth: 0 });
    assert.equal(message(detector, "new", { parentTaskId: "r" }), "depth 1, limit 0. create nothing; do it inside r");
  });

  test("the stored depth is believed as it was given, and not worked out from the parents", () => {
    const detector = knowing("r c<r");
    detector.registerNode({ taskId: "g", agentId: "x", taskType: "y", parentTaskId: "c", depth: 0 });
    assert.equal(verdict(detector, "new", { parentTaskId: "g" }), 1);
    detector.registerNode({ taskId: "g", agentId: "x", taskType: "y", parentTaskId: "c", depth: 7 });
    assert.equal(verdict(detector, "new", { parentTaskId: "g" }), 8);
  });

  test("a parent that nobody registered counts as a root", () => {
    assert.equal(verdict(new LoopDetector(), "new", { parentTaskId: "nowhere" }), 1);
    assert.equal(verdict(new LoopDetector({ maxDepth: 0 }), "new", { parentTaskId: "nowhere" }), "depth_exceeded");
    assert.equal(verdict(knowing("c<nowhere"), "new", { parentTaskId: "c" }), 2);
  });

  test("no parent is null, nothing or an empty string; a creator alone adds no depth", () => {
    for (const parentTaskId of [null, undefined, ""]) {
      assert.equal(verdict(knowing("r c<r"), "new", { parentTaskId, createdByTaskId: "c" }), 0);
    }
  });

  test("a chain of 100,000 is judged and walked without recursion", () => {
    const detector = new LoopDetector({ maxDepth: Infinity, maxNodes: 200_000 });
    for (let i = 0; i < 100_000; i += 1) {
      const links = i === 0 ? {} : { parentTaskId: `t${i - 1}`, createdByTaskId: `t${i - 1}` };
      detector.registerNode({ taskId: `t${i}`, agentId: `a${i}`, taskType: "k", ...links });
    }
    assert.equal(verdict(detector, "new", { parentTaskId: "t99999" }), 100_000);
    assert.equal(verdict(detector, "t0", { parentTaskId: "t99999" }), "cycle_detected");
    assert.equal(verdict(detector, "t0", { createdByTaskId: "t99999" }), "cycle_detected");
  });
});

describe("the cost of a check", () => {
  test("does not grow with the depth of the chain that the new task would continue", () => {
    const detector = new LoopDetector({ maxDepth: Infinity });
    for (let i = 0; i < 50_000; i += 1) {
      const above = i === 0 ? undefined : `t${i - 1}`;
      detector.registerNode({
        taskId: `t${i}`,
        agentId: "x",
        taskType: "k",
        parentTaskId: above,
        createdByTaskId: above,
      });
    }
    const roundOf = (above: string): number => {
      const began = process.hrtime.bigint();
      for (let i = 0; i < 50; i += 1)
        detector.checkNewTask("new", "y", "k", { parentTaskId: above, createdByTaskId: above });
      return Number(process.hrtime.bigint() - began);
    };
    const costOf = (above: string): number => Math.min(...Array.from({ length: 10 }, () => roundOf(above)));
    const [shallow, deep] = [costOf("t5"), costOf("t49999")];
    // A walk would cost 10,000 times as much; a busy machine does not come near a hundredth of that.
    assert.ok(deep < 100 * shallow, `${deep} ns against ${shallow} ns`);
  });
});

describe("cycle", () => {
  test("a task that would be its own ancestor is refused, along parents and along creators", () => {
    const detector = knowing("r c<r g<c");
    for (const under of ["r", "c", "g"])
      assert.equal(verdict(detector, "r", { parentTaskId: under }), "cycle_detected");
    const made = knowing("r c<^r g<^c");
    for (const by of ["r", "c", "g"]) assert.equal(verdict(made, "r", { createdByTaskId: by }), "cycle_detected");
  });

  test("the refusal says which way it goes round", () => {
    const by = (links: WorkLinks): string => message(knowing("r c<r d<^r"), "r", links);
    assert.equal(
      by({ parentTaskId: "c" }),
      "r would be its own ancestor, by parent. create nothing; name another parent",
    );
    assert.match(
      by({ createdByTaskId: "d" }),
      /^r would be its own ancestor, by created-by\. create nothing; name another creator$/,
    );
  });

  test("a task that names itself is refused though nothing is registered", () => {
    assert.equal(verdict(new LoopDetector(), "t", { parentTaskId: "t" }), "cycle_detected");
    assert.equal(verdict(new LoopDetector(), "t", { createdByTaskId: "t" }), "cycle_detected");
  });

  test("a cycle through a task that was only referred to is seen", () => {
    assert.equal(verdict(knowing("b<a"), "a", { parentTaskId: "b" }), "cycle_detected");
    assert.equal(verdict(knowing("b<^a"), "a", { createdByTaskId: "b" }), "cycle_detected");
  });

  test("a way that goes along creators and parents by turns is none", () => {
    assert.equal(verdict(knowing("b<a"), "a", { createdByTaskId: "b" }), 0);
    assert.equal(verdict(knowing("b<^a"), "a", { parentTaskId: "b" }), 1);
  });

  test("loops that were registered are walked to an end, whether or not the new task is in them", () => {
    const loops = "a<c^c b<a^a c<b^b x<x^x tail<b^b t2<tail^tail t3<t2^t2";
    const detector = knowing(loops, { maxDepth: Infinity });
    for (const below of ["a", "x", "tail", "t3"]) {
      const links = { parentTaskId: below, createdByTaskId: below };
      assert.equal(typeof verdict(detector, "new", links), "number");
      assert.equal(verdict(detector, below, links), "cycle_detected");
    }
    const known = knowing(`${loops} k p<k q<^k`, { maxDepth: Infinity });
    assert.equal(typeof verdict(known, "k", { parentTaskId: "t3", createdByTaskId: "x" }), "number");
    assert.equal(verdict(known, "b", { parentTaskId: "t3" }), "cycle_detected");
  });

  test("a loop of parents that is too deep is refused at once", () => {
    const detector = knowing("a<b b<a", { maxDepth: 0 });
    assert.equal(verdict(detector, "new", { parentTaskId: "a" }), "depth_exceeded");
    assert.equal(verdict(detector, "a", { parentTaskId: "a" }), "depth_exceeded");
  });

  test("what a task was moved away from counts no more", () => {
    const detector = knowing("a b<a c<b");
    assert.equal(verdict(detector, "a", { parentTaskId: "c" }), "cycle_detected");
    detector.registerNode({ taskId: "b", agentId: "x", taskType: "y" });
    assert.equal(verdict(detector, "a", { parentTaskId: "c" }), 3);
  });
});

describe("identity", () => {
  const detector = new LoopDetector();
  detector.registerNode({ taskId: "g", agentId: "a-1", taskType: "feature" });
  detector.registerNode({ taskId: "p", agentId: "a-2", taskType: "feature", parentTaskId: "g" });

  test("an agent that makes for itself the kind it is doing is refused; another agent or kind is not", () => {
    const links = { parentTaskId: "p" };
    assert.equal(verdict(detector, "new", links, "a-2", "feature"), "identity_loop");
    assert.equal(verdict(detector, "new", links, "a-2", "Feature"), 2);
    assert.equal(verdict(detector, "new", links, "a-3", "feature"), 2);
    assert.match(
      message(detector, "new", links, "a-2", "feature"),
      /^a-2 makes for itself, below p, the same kind of work: feature\. /,
    );
  });

  test("only the parent counts: no grandparent, no creator, no task that was only referred to", () => {
    assert.equal(verdict(detector, "new", { parentTaskId: "p" }, "a-1", "feature"), 2);
    assert.equal(verdict(detector, "new", { createdByTaskId: "p" }, "a-2", "feature"), 0);
    assert.equal(verdict(knowing("c<u"), "new", { parentTaskId: "u" }, "a-u", "k-u"), 1);
  });

  test("a completed parent still counts", () => {
    const done = knowing("p");
    done.markCompleted("p");
    assert.equal(verdict(done, "new", { parentTaskId: "p" }, "a-p", "k-p"), "identity_loop");
  });
});

describe("re-processing", () => {
  test("a completed id is refused, registered or not, and registering it does not clear that", () => {
    const detector = knowing("t");
    detector.markCompleted("t");
    detector.markCompleted("never");
    assert.equal(verdict(detector, "never"), "reprocess_detected");
    detector.registerNode({ taskId: "t", agentId: "x", taskType: "y" });
    assert.equal(verdict(detector, "t"), "reprocess_detected");
    assert.match(message(detector, "t", {}), /^t was completed; it is not done again\. /);
  });

  test("ids are forgotten first in first out: completing again, or asking, refreshes nothing", () => {
    const detector = new LoopDetector({ maxHeapSize: 3 });
    for (const id of ["a", "b", "c", "a"]) detector.markCompleted(id);
    assert.equal(verdict(detector, "a"), "reprocess_detected");
    detector.markCompleted("d");
    assert.deepEqual(
      ["a", "b", "c", "d"].filter((id) => verdict(detector, id) !== 0),
      ["b", "c", "d"],
    );
    for (const id of ["e", "f", "a"]) detector.markCompleted(id);
    assert.deepEqual(
      ["b", "c", "d", "e", "f", "a"].filter((id) => verdict(detector, id) !== 0),
      ["e", "f", "a"],
    );
  });

  test("a heap of 1 knows the last id; one of 0 or less knows none", () => {
    for (const maxHeapSize of [1, 0, -1]) {
      const detector = new LoopDetector({ maxHeapSize });
      detector.markCompleted("a");
      detector.markCompleted("b");
      assert.deepEqual(
        ["a", "b"].filter((id) => verdict(detector, id) !== 0),
        maxHeapSize === 1 ? ["b"] : [],
      );
    }
  });
});

describe("the order of checks", () => {
  test("is depth, cycle, identity, re-processing", () => {
    const rows: readonly (readonly [string, (detector: LoopDetector) => void, WorkLinks, LoopDetectorOptions])[] = [
      ["depth_exceeded", (d) => d.markCompleted("p"), { parentTaskId: "p" }, { maxDepth: 0 }],
      ["cycle_detected", (d) => d.markCompleted("p"), { parentTaskId: "p" }, {}],
    ];
    for (const [expected, prepare, links, options] of rows) {
      const detector = knowing("p", options);
      prepare(detector);
      assert.equal(verdict(detector, "p", links, "a-p", "k-p"), expected);
    }
    const detector = knowing("p");
    detector.markCompleted("new");
    assert.equal(verdict(detector, "new", { parentTaskId: "p" }, "a-p", "k-p"), "identity_loop");
    assert.equal(verdict(detector, "new", { parentTaskId: "p" }), "reprocess_detected");
  });
});

describe("what is remembered", () => {
  test("a check registers nothing, and asking about a registered id is allowed", () => {
    const detector = knowing("t");
    assert.equal(verdict(detector, "new", { parentTaskId: "new2" }), 1);
    assert.equal(detector.nodeCount, 1);
    assert.equal(verdict(detector, "t"), 0);
  });

  test("registering again overwrites, and the caller's object is copied", () => {
    const detector = new LoopDetector();
    const node = { taskId: "t", agentId: "a", taskType: "k", depth: 4 };
    detector.registerNode(node);
    node.depth = 9;
    assert.equal(verdict(detector, "new", { parentTaskId: "t" }, "x"), 5);
    detector.registerNode({ taskId: "t", agentId: "b", taskType: "k", depth: 1 });
    assert.equal(verdict(detector, "new", { parentTaskId: "t" }, "a", "k"), 2);
    assert.equal(verdict(detector, "new", { parentTaskId: "t" }, "b", "k"), "identity_loop");
    assert.equal(detector.nodeCount, 1);
  });
});

describe("bad arguments", () => {
  const detector = new LoopDetector();
  const lone = JSON.parse('"\\ud800"');
  const check = (id: string, links?: WorkLinks) => () => detector.checkNewTask(id, "a", "k", links);
  const register = (text: string) => () => detector.registerNode(JSON.parse(text));
  const rows: readonly (readonly [string, () => unknown, string, RegExp])[] = [
    ["an empty id", check(""), "RangeError", /^taskId is empty$/],
    ["a blank id", check("  "), "RangeError", /^taskId is empty$/],
    ["a line break", check("a\nb"), "RangeError", /^taskId has a control character, U\+000A at 1: remove it$/],
    ["a line separator", check("a\u2028"), "RangeError", /^taskId has a control character, U\+2028 at 1/],
    ["a NUL", check("a\0"), "RangeError", /U\+0000 at 1/],
    ["a lone surrogate", check(lone), "RangeError", /^taskId has a lone surrogate/],
    ["an id of 10 KB", check("x".repeat(10_240)), "RangeError", /^taskId has 10240 bytes, limit 200$/],
    ["200 characters of 2 bytes", check("é".repeat(200)), "RangeError", /^taskId has 400 bytes, limit 200$/],
    ["a bad parent", check("t", { parentTaskId: "\t" }), "RangeError", /^parentTaskId has a control character/],
    ["a bad creator", check("t", { createdByTaskId: " " }), "RangeError", /^createdByTaskId is empty$/],
    [
      "a parent of another kind",
      check("t", JSON.parse('{"parentTaskId":7}')),
      "TypeError",
      /^parentTaskId must be a string, got number$/,
    ],
    ["links that are null", check("t", JSON.parse("null")), "TypeError", /^links must be an object, got null$/],
    [
      "links in another spelling",
      check("t", JSON.parse('{"parent_task_id":"p"}')),
      "TypeError",
      /^links has an unknown key "parent_task_id"; did you mean parentTaskId\?$/,
    ],
    ["no node", register("null"), "TypeError", /^node must be an object, got null$/],
    [
      "a node without an agent",
      register('{"taskId":"t","taskType":"k"}'),
      "TypeError",
      /^agentId must be a string, got undefined$/,
    ],
    [
      "a node in another spelling",
      register('{"taskId":"t","agentId":"a","taskType":"k","createdBy":"x"}'),
      "TypeError",
      /^node has an unknown key "createdBy"; known: /,
    ],
    [
      "a negative depth",
      register('{"taskId":"t","agentId":"a","taskType":"k","depth":-1}'),
      "RangeError",
      /^depth must be a whole number, 0 or more, got -1$/,
    ],
    [
      "an id that is no string",
      () => detector.markCompleted(JSON.parse("{}")),
      "TypeError",
      /^taskId must be a string, got object$/,
    ],
    [
      "a negative limit",
      () => new LoopDetector({ maxDepth: -1 }),
      "RangeError",
      /^maxDepth must be a whole number, 0 or more, got -1$/,
    ],
    ["NaN", () => new LoopDetector({ maxHeapSize: NaN }), "RangeError", /^maxHeapSize must be a whole number/],
    ["an endless heap", () => new LoopDetector({ maxHeapSize: Infinity }), "RangeError", /^maxHeapSize must be/],
    [
      "a table of nothing",
      () => new LoopDetector({ maxNodes: 0 }),
      "RangeError",
      /^maxNodes must be a whole number, 1 or more, got 0$/,
    ],
    [
      "an option in another spelling",
      () => new LoopDetector(JSON.parse('{"max_depth":1}')),
      "TypeError",
      /did you mean maxDepth\?$/,
    ],
  ];
  for (const [what, act, name, text] of rows) {
    test(`${what} is an error that names the argument`, () => {
      assert.throws(act, { name, message: text });
      // Bad text is refused each time it comes.
      assert.throws(act, { name, message: text });
    });
  }

  test("nothing of a refused node is kept", () => {
    const clean = new LoopDetector();
    const bad: WorkNode = { taskId: "t", agentId: "a", taskType: "k", parentTaskId: "p", depth: NaN };
    assert.throws(() => clean.registerNode(bad), RangeError);
    assert.equal(clean.nodeCount, 0);
  });

  test("text of 200 bytes in any script is an id", () => {
    for (const id of ["x".repeat(200), "é".repeat(100), "日".repeat(66), "🙂".repeat(50)])
      assert.equal(verdict(detector, id), 0);
  });
});
