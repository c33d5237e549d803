// Which move is legal, answered in a few nanoseconds: the agents' edges of the core's table, laid out flat. There are no
// humans or timers here, so their edges are not legal.

import { DEFAULT_LIFECYCLE } from "../core/index.ts";
import type { Edge } from "../core/index.ts";
import { quoted, refuseKind } from "./argument.ts";
import { InvalidTransitionError } from "./errors.ts";
import { isTaskState, isTerminal, STATE_NAMES } from "./task-state.ts";
import type { TaskState } from "./task-state.ts";

const EDGES: readonly Edge[] = DEFAULT_LIFECYCLE.edges.filter((edge) => edge.by.includes("agent"));

const LEGAL: ReadonlyMap<string, readonly string[]> = new Map(
  STATE_NAMES.map((from) => [from, Object.freeze(EDGES.filter((edge) => edge.from === from).map(({ to }) => to))]),
);

const SLOTS = 32;

// INVARIANT: the states have slots of their own (laidOut throws otherwise), so one array index and two comparisons of
// names answer. Two hash maps took four times as long.
function slot(state: string): number {
  return (state.charCodeAt(state.length - 1) + state.length) & (SLOTS - 1);
}

function laidOut(edges: readonly Edge[]): readonly (Edge | null)[] {
  if (new Set(STATE_NAMES.map(slot)).size !== STATE_NAMES.length) throw new Error("two states share a slot");
  const flat = Array.from({ length: SLOTS * SLOTS }, (): Edge | null => null);
  for (const edge of edges) flat[slot(edge.from) * SLOTS + slot(edge.to)] = edge;
  return flat;
}

const FLAT: readonly (Edge | null)[] = laidOut(EDGES);

function edgeOf(current: TaskState, target: TaskState): Edge | null {
  if (typeof current !== "string") return refuseKind("current", current);
  if (typeof target !== "string") return refuseKind("target", target);
  const edge = FLAT[slot(current) * SLOTS + slot(target)] ?? null;
  return edge !== null && edge.from === current && edge.to === target ? edge : null;
}

/** Says why the move is legal, such as `Work started`; throws InvalidTransitionError where it is not. */
export function validateTransition(current: TaskState, target: TaskState): string {
  const edge = edgeOf(current, target);
  if (edge === null) throw refusal(current, target, null);
  return edge.why;
}

/** True where validateTransition would not throw. */
export function isLegalMove(current: TaskState, target: TaskState): boolean {
  return edgeOf(current, target) !== null;
}

/** validateTransition as a task object answers: what it says first of an ended task is that it ended. */
export function validateMoveOf(current: TaskState, target: TaskState): string {
  const edge = edgeOf(current, target);
  if (edge !== null) return edge.why;
  throw refusal(current, target, isTerminal(current) ? `Cannot transition from terminal state ${current}` : null);
}

function refusal(current: TaskState, target: TaskState, ended: string | null): InvalidTransitionError {
  const reason = unknown(current) ?? unknown(target) ?? ended ?? missing(current, target);
  return new InvalidTransitionError(current, target, reason, LEGAL.get(current) ?? []);
}

function missing(current: TaskState, target: TaskState): string {
  return current === target ? `Already in ${current}` : `No valid transition from ${current} to ${target}`;
}

// The types exclude it; a caller without types, or with a name from a file, is told.
function unknown(state: TaskState): string | null {
  return isTaskState(state) ? null : `There is no state ${quoted(state)}; states: ${STATE_NAMES.join(", ")}`;
}
