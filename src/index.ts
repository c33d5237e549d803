// The package's root: the Python package's classes and its configuration, under TypeScript names. The kernel that is
// durable and shared between processes is exec-kernel/kernel.

export { loadConfig } from "./config/index.ts";
export type { Config } from "./config/index.ts";
export {
  BudgetExceededError,
  BudgetState,
  BudgetTracker,
  InvalidTransitionError,
  isTerminal,
  LoopDetectionError,
  LoopDetector,
  TaskLifecycle,
  TaskState,
  validateTransition,
} from "./standalone/index.ts";
export type {
  BudgetTrackerOptions,
  BudgetType,
  LoopDetectorOptions,
  LoopType,
  TaskBudget,
  TaskLifecycleOptions,
  Transition,
  TransitionNotice,
  TransitionOptions,
  WorkLinks,
  WorkNode,
} from "./standalone/index.ts";
