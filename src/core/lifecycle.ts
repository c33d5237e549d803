// The lifecycle table: which state may follow which, by whose hand, and the compiled form that answers in a few
// nanoseconds. The default edges are those of the Python package exec-kernel 0.2.0; system and human edges are ours.

import type { ActorKind } from "./actor.ts";

export const TASK_STATES = ["backlog", "todo", "in_progress", "in_review", "blocked", "done", "cancelled"] as const;

export type DefaultState = (typeof TASK_STATES)[number];

/** One legal move; `by` lists the kinds of actor whose hand it takes, `why` is what a grant says. */
export type Edge = {
  readonly from: string;
  readonly to: string;
  readonly by: readonly ActorKind[];
  readonly why: string;
};

/**
 * What a state demands of whoever enters it: a reason given, what the policy asks for as evidence, another actor than
 * the one who did the work, no child still open, no blocker still open. The lease of `working` goes without saying.
 */
export const GUARDS = ["reason", "evidence", "other_actor", "no_open_children", "no_open_blockers"] as const;

export type Guard = (typeof GUARDS)[number];

/**
 * A lifecycle as data. `working` is the one state that is entered by a claim and held; `released` the one a claim is
 * made from and lost leases go back to; `parked` where work waits for a human; `review` where finished work waits for
 * somebody else, null in a table without one; `completed` the terminal state of work that is done.
 */
export type LifecycleTable = {
  readonly states: readonly string[];
  readonly initial: readonly string[];
  readonly working: string;
  readonly released: string;
  readonly parked: string;
  readonly review: string | null;
  readonly completed: string;
  readonly terminal: readonly string[];
  readonly edges: readonly Edge[];
  /** Only states that demand something are named. */
  readonly guards: { readonly [state: string]: readonly Guard[] };
};

/** A table indexed for lookups: edges by from and to, moves out of each state as one string. */
export type CompiledLifecycle = {
  readonly table: LifecycleTable;
  readonly edges: ReadonlyMap<string, ReadonlyMap<string, Edge>>;
  readonly terminal: ReadonlySet<string>;
};

const WORKERS: readonly ActorKind[] = ["agent", "human"];
const HUMAN: readonly ActorKind[] = ["human"];
const SYSTEM: readonly ActorKind[] = ["system"];
const WORKERS_OR_SYSTEM: readonly ActorKind[] = [...WORKERS, "system"];

function edge(from: DefaultState, to: DefaultState, by: readonly ActorKind[], why: string): Edge {
  return { from, to, by, why };
}

const WORK_EDGES: readonly Edge[] = [
  edge("backlog", "todo", WORKERS, "Ready to start"),
  edge("todo", "in_progress", WORKERS, "Work started"),
  edge("todo", "blocked", WORKERS, "Blocked before it began"),
  edge("todo", "cancelled", WORKERS, "Dropped before it began"),
  edge("in_progress", "in_review", WORKERS, "Handed to review"),
  edge("in_progress", "blocked", WORKERS_OR_SYSTEM, "Work blocked"),
  edge("in_progress", "done", WORKERS, "Work completed"),
  edge("in_progress", "cancelled", WORKERS, "Work dropped"),
  edge("in_review", "in_progress", WORKERS, "Review asks for changes"),
  edge("in_review", "blocked", WORKERS, "Review blocked"),
  edge("in_review", "done", WORKERS, "Review passed"),
  edge("in_review", "cancelled", WORKERS, "Dropped in review"),
  edge("blocked", "todo", WORKERS, "Block removed, back in the queue"),
  edge("blocked", "in_progress", WORKERS, "Block removed, work goes on"),
  edge("blocked", "cancelled", WORKERS, "Dropped while blocked"),
];

const OTHER_EDGES: readonly Edge[] = [
  edge("in_progress", "todo", SYSTEM, "Given back"),
  edge("backlog", "cancelled", HUMAN, "Dropped by a human"),
  edge("done", "cancelled", HUMAN, "Withdrawn by a human"),
  edge("done", "todo", HUMAN, "Reopened by a human"),
  edge("cancelled", "todo", HUMAN, "Reopened by a human"),
];

/** The default lifecycle: the seven states and edges of the seed, the release edge, and a human's reopen and cancel. */
export const DEFAULT_LIFECYCLE: LifecycleTable = {
  states: TASK_STATES,
  initial: ["todo", "backlog"],
  working: "in_progress",
  released: "todo",
  parked: "blocked",
  review: "in_review",
  completed: "done",
  terminal: ["done", "cancelled"],
  edges: [...WORK_EDGES, ...OTHER_EDGES],
  guards: {
    in_progress: ["no_open_blockers"],
    blocked: ["reason"],
    done: ["evidence", "no_open_children"],
    cancelled: ["reason"],
  },
};

/** Indexes a table once, so that every later question is one or two map look-ups. */
export function compileLifecycle(table: LifecycleTable): CompiledLifecycle {
  const edges = new Map<string, Map<string, Edge>>();
  for (const state of table.states) edges.set(state, new Map());
  for (const item of table.edges) edges.get(item.from)?.set(item.to, item);
  return { table, edges, terminal: new Set(table.terminal) };
}

/** The edge from one state to another whoever moves, or undefined where the table has none. */
export function findEdge(lifecycle: CompiledLifecycle, from: string, to: string): Edge | undefined {
  return lifecycle.edges.get(from)?.get(to);
}

/** What the state demands of whoever enters it. */
export function guardsOf(lifecycle: CompiledLifecycle, state: string): readonly Guard[] {
  return lifecycle.table.guards[state] ?? NO_GUARDS;
}

const NO_GUARDS: readonly Guard[] = [];

/** The states that an actor of this kind may move to from `from`, in the table's order. */
export function legalMoves(lifecycle: CompiledLifecycle, from: string, by: ActorKind): readonly string[] {
  const out: string[] = [];
  for (const item of lifecycle.edges.get(from)?.values() ?? []) if (item.by.includes(by)) out.push(item.to);
  return out;
}

/** The states between `from` and `to` on a shortest way of moves open to this kind; null where there is no way. */
export function statesBetween(
  lifecycle: CompiledLifecycle,
  from: string,
  to: string,
  by: ActorKind,
): readonly string[] | null {
  const cameFrom = new Map<string, string>([[from, ""]]);
  const queue: string[] = [from];
  for (const state of queue) {
    for (const next of legalMoves(lifecycle, state, by)) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, state);
      queue.push(next);
    }
  }
  if (!cameFrom.has(to)) return null;
  const between: string[] = [];
  for (let state = cameFrom.get(to) ?? ""; state !== from && state !== ""; state = cameFrom.get(state) ?? "")
    between.unshift(state);
  return between;
}
