// The verdicts of the Python package exec-kernel 0.2.0 on 49 transitions, 400 loop histories and 200 budget histories.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import * as z from "zod/mini";
import {
  BudgetExceededError,
  BudgetTracker,
  InvalidTransitionError,
  LoopDetectionError,
  LoopDetector,
  TaskLifecycle,
  TaskState,
  validateTransition,
} from "../../src/standalone/index.ts";

const State = z.enum(TaskState);
const Work = { taskId: z.string(), agentId: z.string(), taskType: z.string() };
const Links = { parentTaskId: z.optional(z.string()), createdByTaskId: z.optional(z.string()) };
const Vectors = z.object({
  transitions: z.array(z.object({ from: State, to: State, allowed: z.boolean() })),
  loops: z.array(
    z.object({
      maxDepth: z.number(),
      maxHeapSize: z.number(),
      ops: z.array(
        z.discriminatedUnion("op", [
          z.object({ op: z.literal("register"), ...Work, ...Links, depth: z.number() }),
          z.object({
            op: z.literal("check"),
            ...Work,
            ...Links,
            depth: z.optional(z.number()),
            loopType: z.optional(z.string()),
          }),
          z.object({ op: z.literal("complete"), taskId: z.string() }),
        ]),
      ),
    }),
  ),
  budgets: z.array(
    z.object({
      maxSteps: z.number(),
      maxDepth: z.number(),
      ops: z.array(z.object({ op: z.enum(["step", "depth"]), depth: z.optional(z.number()), verdict: z.string() })),
    }),
  ),
});

const FILE = join(import.meta.dirname, "../fixtures/seed-vectors.json.gz");
const vectors = z.parse(Vectors, JSON.parse(gunzipSync(readFileSync(FILE)).toString("utf8")));

/** The depth, or the type of the refusal. */
function verdictOf(check: () => number | void): string {
  try {
    return String(check() ?? "ok");
  } catch (error) {
    if (error instanceof LoopDetectionError) return error.loopType;
    if (error instanceof BudgetExceededError) return error.budgetType;
    throw error;
  }
}

test("every one of the 49 transitions has the seed's verdict, from the table and from a task", () => {
  assert.equal(vectors.transitions.length, 49);
  for (const { from, to, allowed } of vectors.transitions) {
    const task = new TaskLifecycle("t", { currentState: from });
    assert.equal(task.canTransitionTo(to), allowed, `${from} -> ${to}`);
    if (allowed) assert.equal(task.transition(to), validateTransition(from, to));
    else
      for (const act of [() => task.transition(to), () => validateTransition(from, to)])
        assert.throws(act, InvalidTransitionError);
  }
});

test("every check of the 400 loop histories has the seed's depth or loop type", () => {
  let checks = 0;
  for (const [index, { ops, ...options }] of vectors.loops.entries()) {
    const detector = new LoopDetector(options);
    for (const [step, op] of ops.entries()) {
      if (op.op === "register") {
        const { op: _, ...node } = op;
        detector.registerNode(node);
      } else if (op.op === "complete") detector.markCompleted(op.taskId);
      else {
        const { taskId, agentId, taskType, parentTaskId, createdByTaskId, depth, loopType } = op;
        const links = { parentTaskId, createdByTaskId };
        const verdict = verdictOf(() => detector.checkNewTask(taskId, agentId, taskType, links));
        assert.equal(verdict, loopType ?? String(depth), `history ${index}, operation ${step}`);
        checks += 1;
      }
    }
  }
  assert.deepEqual({ histories: vectors.loops.length, checks }, { histories: 400, checks: 4_736 });
});

test("the loop histories come out the same where the depth of a registered task is left to be worked out", () => {
  for (const { ops, ...options } of vectors.loops) {
    const detector = new LoopDetector(options);
    for (const op of ops) {
      if (op.op === "complete") detector.markCompleted(op.taskId);
      if (op.op === "register") {
        const { op: _, depth: __, ...node } = op;
        detector.registerNode(node);
      }
      if (op.op !== "check") continue;
      const { taskId, agentId, taskType, parentTaskId, createdByTaskId, depth, loopType } = op;
      const links = { parentTaskId, createdByTaskId };
      const verdict = verdictOf(() => detector.checkNewTask(taskId, agentId, taskType, links));
      assert.equal(verdict, loopType ?? String(depth));
    }
  }
});

test("every operation of the 200 budget histories has the seed's verdict", () => {
  let count = 0;
  for (const { maxSteps, maxDepth, ops } of vectors.budgets) {
    const tracker = new BudgetTracker();
    const state = tracker.startTask("t", { maxSteps, maxDepth });
    for (const { op, depth = 0, verdict } of ops) {
      const said = verdictOf(() => (op === "step" ? tracker.recordStep("t") : state.checkDepth(depth)));
      assert.equal(said, verdict);
      count += 1;
    }
  }
  assert.deepEqual({ histories: vectors.budgets.length, count }, { histories: 200, count: 1_126 });
});
