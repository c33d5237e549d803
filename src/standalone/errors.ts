// The three refusals as exceptions: what the Python package raises, under the same names. `message` is for a reader;
// programs look at the fields.

import type { TaskState } from "./task-state.ts";

export type LoopType = "depth_exceeded" | "cycle_detected" | "identity_loop" | "reprocess_detected";

export type BudgetType = "steps" | "depth" | "duration";

/** A move that the lifecycle table does not have; `reason` is the sentence that the command line prints. */
export class InvalidTransitionError extends Error {
  override readonly name = "InvalidTransitionError";
  readonly current: TaskState;
  readonly target: TaskState;
  readonly reason: string;
  /** The states that may follow `current`. */
  readonly legal: readonly string[];

  constructor(current: TaskState, target: TaskState, reason: string, legal: readonly string[]) {
    const moves = legal.length === 0 ? "nothing" : legal.join(", ");
    super(`${reason}. legal: ${moves}`);
    this.current = current;
    this.target = target;
    this.reason = reason;
    this.legal = legal;
  }
}

/** A task that would begin or continue a loop. */
export class LoopDetectionError extends Error {
  override readonly name = "LoopDetectionError";
  readonly loopType: LoopType;
  readonly taskId: string;

  constructor(loopType: LoopType, taskId: string, message: string) {
    super(message);
    this.loopType = loopType;
    this.taskId = taskId;
  }
}

/** A task that went over its budget: `used` of `limit`, in steps, levels or seconds as `budgetType` says. */
export class BudgetExceededError extends Error {
  override readonly name = "BudgetExceededError";
  readonly budgetType: BudgetType;
  readonly taskId: string;
  readonly used: number;
  readonly limit: number;

  constructor(budgetType: BudgetType, taskId: string, used: number, limit: number, message: string) {
    super(message);
    this.budgetType = budgetType;
    this.taskId = taskId;
    this.used = used;
    this.limit = limit;
  }
}
