// The seven states by name, as a plain object in place of an enum.

import { DEFAULT_LIFECYCLE } from "../core/index.ts";
import type { DefaultState } from "../core/index.ts";

/** The states of the default lifecycle; each value is the string that commands and files use. */
export const TaskState: {
  readonly TODO: "todo";
  readonly IN_PROGRESS: "in_progress";
  readonly IN_REVIEW: "in_review";
  readonly DONE: "done";
  readonly BLOCKED: "blocked";
  readonly CANCELLED: "cancelled";
  readonly BACKLOG: "backlog";
} = Object.freeze({
  TODO: "todo",
  IN_PROGRESS: "in_progress",
  IN_REVIEW: "in_review",
  DONE: "done",
  BLOCKED: "blocked",
  CANCELLED: "cancelled",
  BACKLOG: "backlog",
});

export type TaskState = DefaultState;

/** The states in their documented order. */
export const STATE_NAMES: readonly string[] = DEFAULT_LIFECYCLE.states;

/** True for the exact name of a state: no trimming, no folding of case. */
export function isTaskState(name: unknown): name is TaskState {
  return typeof name === "string" && STATE_NAMES.includes(name);
}

/** True for done and cancelled; false for every other state and for anything that is no state. */
export function isTerminal(state: TaskState): boolean {
  return DEFAULT_LIFECYCLE.terminal.includes(state);
}
