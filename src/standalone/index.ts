// The Python package's classes in memory, over the core's rules: no store, no clock but the budget's, one process.

export { textProblem } from "./argument.ts";
export { DEFAULT_BUDGET, overDuration, overSteps } from "./budget-limits.ts";
export type { TaskBudget } from "./budget-limits.ts";
export { BudgetState } from "./budget-state.ts";
export { BudgetTracker } from "./budget-tracker.ts";
export type { BudgetTrackerOptions } from "./budget-tracker.ts";
export { BudgetExceededError, InvalidTransitionError, LoopDetectionError } from "./errors.ts";
export type { BudgetType, LoopType } from "./errors.ts";
export { LoopDetector, MAX_DEPTH } from "./loop-detector.ts";
export type { LoopDetectorOptions, WorkLinks, WorkNode } from "./loop-detector.ts";
export { TaskLifecycle } from "./task-lifecycle.ts";
export type { TaskLifecycleOptions, Transition, TransitionNotice, TransitionOptions } from "./task-lifecycle.ts";
export { isTaskState, isTerminal, STATE_NAMES, TaskState } from "./task-state.ts";
export { validateTransition } from "./transitions.ts";
