// The limits of one task, and what is said when one is passed. Over, not at, a limit is refused: 50 of 50 steps are
// allowed.

import { exceeds } from "../core/index.ts";
import { checkKeys, checkLimit, checkSeconds } from "./argument.ts";
import { BudgetExceededError } from "./errors.ts";

/** The limits of one task; Infinity is no limit. */
export type TaskBudget = {
  readonly maxSteps: number;
  readonly maxDepth: number;
  readonly maxDurationSeconds: number;
};

export const DEFAULT_BUDGET: TaskBudget = Object.freeze({ maxSteps: 50, maxDepth: 10, maxDurationSeconds: 1_800 });

const BUDGET_KEYS = ["maxSteps", "maxDepth", "maxDurationSeconds"];

/** The limits with defaults for those that are absent, copied; throws TypeError or RangeError. */
export function budgetOf(limits: Partial<TaskBudget>): TaskBudget {
  checkKeys("limits", limits, BUDGET_KEYS);
  const { maxSteps, maxDepth, maxDurationSeconds } = limits;
  return Object.freeze({
    maxSteps: maxSteps === undefined ? DEFAULT_BUDGET.maxSteps : checkLimit("maxSteps", maxSteps),
    maxDepth: maxDepth === undefined ? DEFAULT_BUDGET.maxDepth : checkLimit("maxDepth", maxDepth),
    maxDurationSeconds:
      maxDurationSeconds === undefined
        ? DEFAULT_BUDGET.maxDurationSeconds
        : checkSeconds("maxDurationSeconds", maxDurationSeconds),
  });
}

/** The refusal of so many steps, or null. Scripts read its sentence. */
export function overSteps(taskId: string, steps: number, limit: number): BudgetExceededError | null {
  if (!exceeds(steps, limit)) return null;
  const text = `Task ${taskId} exceeded step budget: ${steps} steps taken, max ${limit}`;
  return new BudgetExceededError("steps", taskId, steps, limit, text);
}

/** The refusal of so deep a level, or null. */
export function overDepth(taskId: string, depth: number, limit: number): BudgetExceededError | null {
  if (!exceeds(depth, limit)) return null;
  return new BudgetExceededError(
    "depth",
    taskId,
    depth,
    limit,
    `Task ${taskId} may not go to depth ${depth}, max ${limit}`,
  );
}

/** The refusal of so much time, or null. The time is said rounded up to a millisecond, so that it never reads as the limit. */
export function overDuration(taskId: string, seconds: number, limit: number): BudgetExceededError | null {
  if (!exceeds(seconds, limit)) return null;
  const said = Number.isInteger(seconds) ? seconds : Math.ceil(seconds * 1_000) / 1_000;
  const text = `Task ${taskId} is out of time: ${said}s used, max ${limit}s`;
  return new BudgetExceededError("duration", taskId, seconds, limit, text);
}
