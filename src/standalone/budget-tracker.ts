// The meters of many tasks in one process. A task that was not started has no budget, so it is an error to spend from it:
// the Python package let it spend without limit.

import { checkKeys, checkText, checkWhole, quoted } from "./argument.ts";
import { BudgetState } from "./budget-state.ts";
import type { TaskBudget } from "./budget-limits.ts";

export type BudgetTrackerOptions = {
  /** The time in milliseconds since 1970; must not go back. The process's monotonic clock if absent. */
  readonly now?: (() => number) | undefined;
  /** Tasks under way at once; 100,000 if absent. One more is an error: a meter is never dropped silently. */
  readonly maxTasks?: number | undefined;
};

const MAX_TASKS = 100_000;

function monotonicNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Counts and judges what tasks use. Throws BudgetExceededError as a refusal, TypeError or RangeError on bad arguments. */
export class BudgetTracker {
  readonly #states = new Map<string, BudgetState>();
  readonly #now: () => number;
  readonly #maxTasks: number;

  constructor(options: BudgetTrackerOptions = {}) {
    checkKeys("options", options, ["now", "maxTasks"]);
    const { now = monotonicNow, maxTasks = MAX_TASKS } = options;
    if (typeof now !== "function") throw new TypeError("now must be a function");
    this.#now = now;
    this.#maxTasks = checkWhole("maxTasks", maxTasks, 1);
  }

  /** Tasks that were started and not ended. */
  get taskCount(): number {
    return this.#states.size;
  }

  /** Begins a task with new meters, also where the id was under way. Absent limits are 50 steps, depth 10, 1,800 s. */
  startTask(taskId: string, limits: Partial<TaskBudget> = {}): BudgetState {
    const state = new BudgetState(taskId, limits, this.#now);
    if (this.#states.size >= this.#maxTasks && !this.#states.has(taskId)) {
      throw new RangeError(`${this.#maxTasks} tasks are under way, the most this tracker keeps: end some with endTask`);
    }
    this.#states.set(taskId, state);
    return state;
  }

  /** Counts one step, then throws BudgetExceededError if it was one too many: that step stays counted. */
  recordStep(taskId: string): void {
    const state = this.#started(taskId);
    state.recordStep();
    state.checkSteps();
  }

  /** BudgetState.checkAll of the task. */
  check(taskId: string): void {
    this.#started(taskId).checkAll();
  }

  /** The meters of a task under way, live; undefined for another id. */
  getState(taskId: string): BudgetState | undefined {
    return this.#states.get(taskId);
  }

  /** Ends the task and drops its meters; an id that is not under way is left so. */
  endTask(taskId: string): void {
    this.#states.delete(taskId);
  }

  #started(taskId: string): BudgetState {
    const state = this.#states.get(taskId);
    if (state !== undefined) return state;
    checkText("taskId", taskId);
    throw new RangeError(`no budget was started for task ${quoted(taskId)}: call startTask first`);
  }
}
