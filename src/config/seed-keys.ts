// The keys that a configuration file of the Python package exec-kernel has.

import { AMOUNT_MAX } from "../core/index.ts";
import { count } from "./value-spec.ts";
import type { KeySpec } from "./value-spec.ts";

/** Completed ids that a loop detector remembers at most. */
const HEAP_SIZE_MAX = 10_000_000;
const SECONDS_MAX = Math.floor(AMOUNT_MAX / 1_000);

export const SEED_KEYS: readonly KeySpec[] = [
  {
    path: "lifecycle.max_depth",
    value: count(AMOUNT_MAX),
    env: "EXEC_KERNEL_LIFECYCLE_MAX_DEPTH",
    about: "deepest new task that a LoopDetector lets pass",
  },
  {
    path: "lifecycle.max_heap_size",
    value: count(HEAP_SIZE_MAX),
    env: "EXEC_KERNEL_LIFECYCLE_MAX_HEAP_SIZE",
    about: "completed ids that a LoopDetector remembers",
  },
  {
    path: "budget.max_steps",
    value: count(AMOUNT_MAX),
    env: "EXEC_KERNEL_BUDGET_MAX_STEPS",
    about: "steps of one task",
  },
  {
    path: "budget.max_depth",
    value: count(AMOUNT_MAX),
    env: "EXEC_KERNEL_BUDGET_MAX_DEPTH",
    about: "depth that checkDepth lets pass",
  },
  {
    path: "budget.max_duration_seconds",
    value: count(SECONDS_MAX),
    env: "EXEC_KERNEL_BUDGET_MAX_DURATION_SECONDS",
    about: "running time of one task",
  },
  {
    path: "paperclip.api_url",
    value: { type: "url" },
    env: "EXEC_KERNEL_PAPERCLIP_API_URL",
    about: "where Paperclip's API answers",
  },
  { path: "memory_hooks", value: { type: "ignored" }, about: "accepted, and read by nothing" },
];
