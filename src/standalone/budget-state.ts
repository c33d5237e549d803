// The meter of one task: what it has used of its steps, its depth and its time.

import { checkText, checkWhole } from "./argument.ts";
import { budgetOf, overDepth, overDuration, overSteps } from "./budget-limits.ts";
import type { TaskBudget } from "./budget-limits.ts";
import type { BudgetExceededError } from "./errors.ts";

/** One task's meter. Its clock, in milliseconds, starts at once. Throws TypeError or RangeError on bad arguments. */
export class BudgetState {
  readonly taskId: string;
  readonly budget: TaskBudget;
  readonly #now: () => number;
  #startedAtMs: number;
  #stepsTaken = 0;
  #depthReached = 0;

  constructor(taskId: string, limits: Partial<TaskBudget>, now: () => number) {
    checkText("taskId", taskId);
    this.taskId = taskId;
    this.budget = budgetOf(limits);
    this.#now = now;
    this.#startedAtMs = now();
  }

  get stepsTaken(): number {
    return this.#stepsTaken;
  }

  /** The deepest level that recordDepth was told of. */
  get depthReached(): number {
    return this.#depthReached;
  }

  get startedAt(): Date {
    return new Date(this.#startedAtMs);
  }

  /** Seconds since the start; never negative, whatever the clock does. */
  get elapsedSeconds(): number {
    return Math.max(0, this.#now() - this.#startedAtMs) / 1_000;
  }

  /** Starts the time again from now. */
  startTimer(): void {
    this.#startedAtMs = this.#now();
  }

  /** Counts one step and refuses nothing. */
  recordStep(): void {
    this.#stepsTaken++;
  }

  /** Remembers the deepest level and refuses nothing. */
  recordDepth(depth: number): void {
    this.#depthReached = Math.max(this.#depthReached, checkWhole("depth", depth, 0));
  }

  /** Throws BudgetExceededError when more steps were taken than allowed. */
  checkSteps(): void {
    raise(overSteps(this.taskId, this.#stepsTaken, this.budget.maxSteps));
  }

  /** Throws BudgetExceededError when this level is deeper than allowed; remembers nothing. */
  checkDepth(depth: number): void {
    raise(overDepth(this.taskId, checkWhole("depth", depth, 0), this.budget.maxDepth));
  }

  /** Throws BudgetExceededError when more time went by than allowed. */
  checkDuration(): void {
    raise(overDuration(this.taskId, this.elapsedSeconds, this.budget.maxDurationSeconds));
  }

  /** Throws BudgetExceededError for the first of steps, duration and depth reached that is over its limit. */
  checkAll(): void {
    this.checkSteps();
    this.checkDuration();
    this.checkDepth(this.#depthReached);
  }
}

function raise(refusal: BudgetExceededError | null): void {
  if (refusal !== null) throw refusal;
}
