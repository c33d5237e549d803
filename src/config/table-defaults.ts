// What a lifecycle table is where a file says nothing of it: the parts of the default table that fit its states, the
// two moves that the kernel itself makes, and the guards of day one by the part a state plays.

import { DEFAULT_LIFECYCLE } from "../core/index.ts";
import type { ActorKind, Edge, Guard, LifecycleTable } from "../core/index.ts";

export type Roles = Pick<LifecycleTable, "working" | "released" | "parked" | "review" | "completed" | "terminal">;

/** The default table's edges between states that this table has too. */
export function defaultEdges(states: readonly string[]): readonly Edge[] {
  return DEFAULT_LIFECYCLE.edges.filter(({ from, to }) => states.includes(from) && states.includes(to));
}

/** The state that must be there, then those of the default table that this table has too. */
export function defaultStates(
  first: string,
  ofDefault: readonly string[],
  states: readonly string[],
): readonly string[] {
  return [...new Set([first, ...ofDefault.filter((state) => states.includes(state))])];
}

function isOfKernel({ from, to }: Pick<Edge, "from" | "to">, { working, released, parked }: Roles): boolean {
  return from === working && (to === released || to === parked);
}

/** Who may take an edge that does not say so. */
export function defaultBy(edge: Pick<Edge, "from" | "to">, roles: Roles): readonly ActorKind[] {
  if (roles.terminal.includes(edge.from)) return ["human"];
  return isOfKernel(edge, roles) ? ["agent", "human", "system"] : ["agent", "human"];
}

/** The moves of lost leases and of parked work, where the table does not have them. */
export function kernelEdges(edges: readonly Edge[], { working, released, parked }: Roles): readonly Edge[] {
  const moves: readonly Edge[] = [
    { from: working, to: released, by: ["system"], why: "Given back" },
    { from: working, to: parked, by: ["system"], why: "Parked for a human" },
  ];
  const isThere = ({ from, to }: Edge): boolean => edges.some((edge) => edge.from === from && edge.to === to);
  return moves.filter((move) => move.from !== move.to && !isThere(move));
}

/** What a state demands where the table does not say so. */
export function defaultGuards(state: string, { working, parked, completed, terminal }: Roles): readonly Guard[] {
  if (state === working) return ["no_open_blockers"];
  if (state === completed) return ["evidence", "no_open_children"];
  return state === parked || terminal.includes(state) ? ["reason"] : [];
}
