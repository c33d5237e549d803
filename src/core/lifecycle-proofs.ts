// What is proven of a lifecycle table before any task lives by it. A table is data that a human may write: without these
// proofs a task could be caught in it for ever, or an agent could leave an ending, and no rule would notice.

import type { ActorKind } from "./actor.ts";
import { walkFrom, walkTo } from "./lifecycle-walks.ts";
import type { Edge, Guard, LifecycleTable } from "./lifecycle.ts";
import { listed } from "./wording.ts";

/** A breach of one proof, with the states and edges it is about. */
export type TableFault = {
  readonly proof: ProofName;
  readonly states: readonly string[];
  readonly edges: readonly Pick<Edge, "from" | "to">[];
  readonly message: string;
};

type Found = Omit<TableFault, "proof">;

/** `says` is the property in words, as a reader of the table's states would put it. */
type Proof = {
  readonly name: string;
  readonly says: (table: LifecycleTable) => string;
  readonly find: (table: LifecycleTable) => readonly Found[];
};

function ofStates(states: readonly string[], message: string): Found {
  return { states, edges: [], message };
}

function ofEdge({ from, to }: Pick<Edge, "from" | "to">, message: string): Found {
  return { states: [], edges: [{ from, to }], message: `${from} -> ${to} ${message}` };
}

/** The states that have a part to play, by that part. */
function rolesOf({ working, released, parked, review, completed }: LifecycleTable): readonly [string, string][] {
  const roles: [string, string][] = [
    ["working", working],
    ["released", released],
    ["parked", parked],
    ["completed", completed],
  ];
  return review === null ? roles : [...roles, ["review", review]];
}

function findUnknown(table: LifecycleTable): readonly Found[] {
  const { states, initial, terminal, edges, guards } = table;
  const named = [
    ...rolesOf(table).map(([, state]) => state),
    ...initial,
    ...terminal,
    ...edges.flatMap(({ from, to }) => [from, to]),
    ...Object.keys(guards),
  ];
  const unknown = [...new Set(named)].filter((state) => !states.includes(state));
  const twice = [...new Set(states.filter((state, index) => states.indexOf(state) !== index))];
  return [
    ...unknown.map((state) => ofStates([state], `${state} is no state of the table`)),
    ...twice.map((state) => ofStates([state], `the state ${state} stands there twice`)),
  ];
}

function findRepeated({ edges }: LifecycleTable): readonly Found[] {
  const seen = new Set<string>();
  return edges.flatMap((edge) => {
    const key = JSON.stringify([edge.from, edge.to]);
    const again = seen.has(key);
    seen.add(key);
    if (edge.from === edge.to) return [ofEdge(edge, "leads nowhere: a state is not left for itself")];
    return again ? [ofEdge(edge, "stands there twice")] : [];
  });
}

function findSharedRoles(table: LifecycleTable): readonly Found[] {
  const roles = rolesOf(table);
  return roles.flatMap(([role, state], index) => {
    const other = roles.slice(0, index).find(([, earlier]) => earlier === state);
    return other === undefined ? [] : [ofStates([state], `${state} is both ${other[0]} and ${role}: they must differ`)];
  });
}

function findEndedRoles(table: LifecycleTable): readonly Found[] {
  const ended = rolesOf(table).filter(([role, state]) => role !== "completed" && table.terminal.includes(state));
  return ended.map(([role, state]) => ofStates([state], `${state} is ${role} and cannot be terminal`));
}

function findBadBeginnings({ initial, working, terminal }: LifecycleTable): readonly Found[] {
  if (initial.length === 0) return [ofStates([], "no state is initial: no task could begin")];
  return initial.flatMap((state) => {
    if (state === working) return [ofStates([state], `a task cannot begin in ${state}: it is entered by a claim`)];
    return terminal.includes(state) ? [ofStates([state], `a task cannot begin in ${state}: it is terminal`)] : [];
  });
}

function findUnreached(table: LifecycleTable): readonly Found[] {
  const reached = walkFrom(table, table.initial);
  const apart = table.states.filter((state) => !reached.has(state));
  return apart.map((state) => ofStates([state], `${state} cannot be reached from ${listed(table.initial)}`));
}

function findTraps(table: LifecycleTable): readonly Found[] {
  const ending = walkTo(table, table.terminal);
  const traps = table.states.filter((state) => !ending.has(state));
  return traps.map((state) => ofStates([state], `from ${state} no terminal state can be reached`));
}

function findLeftEndings({ terminal, edges }: LifecycleTable): readonly Found[] {
  return edges
    .filter(({ from, by }) => terminal.includes(from) && by.some((kind) => kind !== "human"))
    .map((edge) => ofEdge(edge, `leaves the terminal state ${edge.from} by ${listed(others(edge))}: only a human may`));
}

function others({ by }: Edge): readonly ActorKind[] {
  return by.filter((kind) => kind !== "human");
}

/** A finding unless the table has the edge and this kind of actor may take it. */
function findMissing(table: LifecycleTable, from: string, to: string, by: ActorKind, why: string): readonly Found[] {
  const edge = table.edges.find((item) => item.from === from && item.to === to);
  if (edge?.by.includes(by) === true) return [];
  const lacks = edge === undefined ? "is missing" : `is not for the ${by}`;
  return [ofEdge({ from, to }, `${lacks}: ${why}`)];
}

function findUnclaimable(table: LifecycleTable): readonly Found[] {
  return findMissing(table, table.released, table.working, "agent", "an agent could claim nothing");
}

function findUnreturned(table: LifecycleTable): readonly Found[] {
  return findMissing(table, table.working, table.released, "system", "a lost lease could not go back");
}

function findUnparked(table: LifecycleTable): readonly Found[] {
  return findMissing(table, table.working, table.parked, "system", "work could not be parked for a human");
}

function findStuckParked({ parked, edges }: LifecycleTable): readonly Found[] {
  if (edges.some(({ from, by }) => from === parked && by.includes("human"))) return [];
  return [ofStates([parked], `a human cannot leave ${parked}: parked work would wait for ever`)];
}

function findUnfinished(table: LifecycleTable): readonly Found[] {
  const { working, completed, terminal } = table;
  if (!terminal.includes(completed)) return [ofStates([completed], `${completed} is completed and must be terminal`)];
  if (walkFrom(table, [working], "agent").has(completed)) return [];
  return [ofStates([working, completed], `agents cannot get from ${working} to ${completed}`)];
}

/** Why nobody could ever meet this guard there, or null. */
function impossible(
  guard: Guard,
  state: string,
  { initial, working, released, parked }: LifecycleTable,
): string | null {
  const isProof = guard === "evidence" || guard === "other_actor";
  if (initial.includes(state) && (isProof || guard === "reason")) return "a new task has none, and begins there";
  if (state === working && guard === "evidence") return "work has not begun when it is claimed";
  if (state === working && guard === "reason") return "a claim gives none";
  if ((state === released || state === parked) && isProof) return "the system brings none with a lost lease";
  return null;
}

function findImpossibleGuards(table: LifecycleTable): readonly Found[] {
  return Object.entries(table.guards).flatMap(([state, guards]) =>
    guards.flatMap((guard) => {
      const why = impossible(guard, state, table);
      return why === null ? [] : [ofStates([state], `${state} cannot demand ${guard}: ${why}`)];
    }),
  );
}

const PROOFS = [
  { name: "known_states", says: () => "every name is a state of the table", find: findUnknown },
  { name: "edges_once", says: () => "no edge stands there twice", find: findRepeated },
  { name: "roles_apart", says: () => "each part is played by a state of its own", find: findSharedRoles },
  { name: "roles_open", says: () => "no part but completed is played by a terminal state", find: findEndedRoles },
  { name: "beginnings", says: () => "a task begins neither ended nor held", find: findBadBeginnings },
  { name: "reachable", says: () => "every state can be reached from an initial one", find: findUnreached },
  { name: "no_traps", says: () => "a terminal state can be reached from every state", find: findTraps },
  { name: "endings", says: () => "terminal states are left by a human alone", find: findLeftEndings },
  { name: "claimable", says: (t) => `agents claim: ${t.released} -> ${t.working}`, find: findUnclaimable },
  { name: "returned", says: (t) => `a lost lease goes back: ${t.working} -> ${t.released}`, find: findUnreturned },
  { name: "parkable", says: (t) => `work can be parked: ${t.working} -> ${t.parked}`, find: findUnparked },
  { name: "parked_left", says: (t) => `a human can leave ${t.parked}`, find: findStuckParked },
  { name: "finishable", says: (t) => `agents get from ${t.working} to ${t.completed}`, find: findUnfinished },
  { name: "guards", says: () => "every guard can be met", find: findImpossibleGuards },
] as const satisfies readonly Proof[];

export type ProofName = (typeof PROOFS)[number]["name"];

/** One property of a table: `faults` is empty where it holds. */
export type Proven = { readonly name: ProofName; readonly says: string; readonly faults: readonly TableFault[] };

/** Every property that a table must have, with what breaks it; pure, and total for any table. */
export function proveLifecycle(table: LifecycleTable): readonly Proven[] {
  return PROOFS.map(({ name, says, find }) => ({
    name,
    says: says(table),
    faults: find(table).map((found) => ({ proof: name, ...found })),
  }));
}

/** All that is wrong with a table, in the order of the proofs; empty for one that tasks can live by. */
export function lifecycleFaults(table: LifecycleTable): readonly TableFault[] {
  return proveLifecycle(table).flatMap(({ faults }) => faults);
}
