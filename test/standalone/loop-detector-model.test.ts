// The loop detector against a naive one that keeps everything and walks every line in full: random histories over few
// ids, with parents that nobody registered, loops of parents, and ids that are registered again.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { LoopDetectionError, LoopDetector } from "../../src/standalone/index.ts";
import { seeded } from "../support/seeded.ts";

type Op = {
  readonly op: "register" | "check" | "check and register" | "complete";
  readonly taskId: string;
  readonly agentId: string;
  readonly taskType: string;
  readonly parentTaskId: string | undefined;
  readonly createdByTaskId: string | undefined;
  readonly depth: number | undefined;
};

type Known = Pick<Op, "agentId" | "taskType" | "parentTaskId" | "createdByTaskId"> & { readonly level: number };

class Naive {
  readonly known = new Map<string, Known>();
  completed: string[] = [];
  readonly maxDepth: number;
  readonly maxHeapSize: number;

  constructor(maxDepth: number, maxHeapSize: number) {
    this.maxDepth = maxDepth;
    this.maxHeapSize = maxHeapSize;
  }

  depthOf({ parentTaskId }: Op): number {
    return parentTaskId === undefined ? 0 : (this.known.get(parentTaskId)?.level ?? 0) + 1;
  }

  register(op: Op): void {
    this.known.set(op.taskId, { ...op, level: op.depth ?? this.depthOf(op) });
  }

  complete(id: string): void {
    if (!this.completed.includes(id)) this.completed.push(id);
    while (this.completed.length > Math.max(0, this.maxHeapSize)) this.completed.shift();
  }

  meets(target: string, start: string | undefined, link: "parentTaskId" | "createdByTaskId"): boolean {
    const seen = new Set<string>();
    for (let id = start; id !== undefined && !seen.has(id); id = this.known.get(id)?.[link]) {
      if (id === target) return true;
      seen.add(id);
    }
    return false;
  }

  check(op: Op): number | string {
    const depth = this.depthOf(op);
    if (depth > this.maxDepth) return "depth_exceeded";
    const { taskId, parentTaskId, createdByTaskId } = op;
    if (this.meets(taskId, parentTaskId, "parentTaskId")) return "cycle_detected";
    if (this.meets(taskId, createdByTaskId, "createdByTaskId")) return "cycle_detected";
    const parent = this.known.get(parentTaskId ?? "");
    if (parent?.agentId === op.agentId && parent.taskType === op.taskType) return "identity_loop";
    return this.completed.includes(taskId) ? "reprocess_detected" : depth;
  }
}

const id = fc.constantFrom("t1", "t2", "t3", "t4", "t5", "t6", "t7");
const link = fc.option(id, { nil: undefined, freq: 3 });
const anyOp: fc.Arbitrary<Op> = fc.record({
  op: fc.constantFrom("register", "check", "check and register", "complete"),
  taskId: id,
  agentId: fc.constantFrom("a", "b"),
  taskType: fc.constantFrom("fix", "test"),
  parentTaskId: link,
  createdByTaskId: link,
  depth: fc.option(fc.nat(4), { nil: undefined }),
});

function verdict(
  detector: LoopDetector,
  { taskId, agentId, taskType, parentTaskId, createdByTaskId }: Op,
): number | string {
  try {
    return detector.checkNewTask(taskId, agentId, taskType, { parentTaskId, createdByTaskId });
  } catch (error) {
    if (error instanceof LoopDetectionError) return error.loopType;
    throw error;
  }
}

function register(detector: LoopDetector, op: Op): void {
  const { taskId, agentId, taskType, parentTaskId, createdByTaskId, depth } = op;
  detector.registerNode({ taskId, agentId, taskType, parentTaskId, createdByTaskId, depth });
}

describe("LoopDetector", () => {
  test("gives the verdicts of a naive detector on random histories", () => {
    const seen = new Map<string, number>();
    const limits = fc.record({ maxDepth: fc.nat(6), maxHeapSize: fc.integer({ min: -1, max: 4 }) });
    fc.assert(
      fc.property(limits, fc.array(anyOp, { minLength: 30, maxLength: 80 }), ({ maxDepth, maxHeapSize }, ops) => {
        const detector = new LoopDetector({ maxDepth, maxHeapSize });
        const naive = new Naive(maxDepth, maxHeapSize);
        for (const op of ops) {
          if (op.op.startsWith("check")) {
            const expected = naive.check(op);
            assert.equal(verdict(detector, op), expected);
            const kind = typeof expected === "number" ? "allowed" : expected;
            seen.set(kind, (seen.get(kind) ?? 0) + 1);
          }
          if (op.op.endsWith("register")) {
            register(detector, op);
            naive.register(op);
          }
          if (op.op === "complete") {
            detector.markCompleted(op.taskId);
            naive.complete(op.taskId);
          }
        }
        const named = [...naive.known].flatMap(([key, { parentTaskId, createdByTaskId }]) => [
          key,
          parentTaskId,
          createdByTaskId,
        ]);
        assert.equal(detector.nodeCount, new Set(named.filter((name) => name !== undefined)).size);
      }),
      seeded({ numRuns: 1_000 }),
    );
    // A history that never meets a rule would prove nothing about it.
    for (const kind of ["allowed", "depth_exceeded", "cycle_detected", "identity_loop", "reprocess_detected"]) {
      assert.ok((seen.get(kind) ?? 0) > 100, `${kind}: ${seen.get(kind) ?? 0}`);
    }
  });

  test("keeps within its bound through any history, and answers every check", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(anyOp, { minLength: 20, maxLength: 80 }),
        (maxNodes, ops) => {
          const detector = new LoopDetector({ maxNodes });
          for (const op of ops) {
            verdict(detector, op);
            if (op.op.endsWith("register")) register(detector, op);
            if (op.op === "complete") detector.markCompleted(op.taskId);
            assert.ok(detector.nodeCount <= maxNodes, `${detector.nodeCount} of ${maxNodes}`);
          }
        },
      ),
      seeded({ numRuns: 500 }),
    );
  });
});
