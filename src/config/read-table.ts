// The lifecycle table of a file: its parts are read, what it leaves out is filled in, and then it is proven. A table that
// fails a proof is refused at the place of the state or move that is at fault.

import { DEFAULT_LIFECYCLE, lifecycleFaults } from "../core/index.ts";
import type { LifecycleTable, TableFault } from "../core/index.ts";
import { addFault } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { keyAt } from "./keys.ts";
import type { Place } from "./problem.ts";
import { readEdges } from "./read-edges.ts";
import { readGuards } from "./read-guards.ts";
import { defaultStates } from "./table-defaults.ts";
import type { Roles } from "./table-defaults.ts";
import { edgeKey, itemsOf, partAt, stateAt, TABLE_SECTION } from "./table-reading.ts";
import type { TableReading } from "./table-reading.ts";
import { stateNameProblem, STATES_MAX } from "./table-words.ts";
import { textOf } from "./tree.ts";
import type { Tree } from "./tree.ts";
import { described, unexpected } from "./words.ts";

type Role = "working" | "released" | "parked" | "review" | "completed";

/** Puts the table among the values where the file has one without a fault. */
export function readTable(findings: Findings): void {
  const { parts, faults, values } = findings;
  if (parts.size === 0) return;
  const statePlaces = namedStates(findings);
  const states = statePlaces === null ? DEFAULT_LIFECYCLE.states : [...statePlaces.keys()];
  const reading: TableReading = {
    findings,
    states,
    statePlaces: statePlaces ?? new Map(),
    edgePlaces: new Map(),
    guardPlaces: new Map(),
  };
  // A table in pieces would fail every proof: first things first.
  const table = faults.some(isOfTable) ? null : tableOf(reading);
  if (table === null || faults.some(isOfTable)) return;
  values.table = table;
  for (const fault of lifecycleFaults(table))
    addFault(findings, placeOf(fault, reading), `${TABLE_SECTION}: ${fault.message}`);
}

function isOfTable({ message, severity }: Findings["faults"][number]): boolean {
  return severity === "error" && message.startsWith(TABLE_SECTION);
}

/** The file's states with their places; null where it names none. */
function namedStates(findings: Findings): ReadonlyMap<string, Place> | null {
  const path = `${TABLE_SECTION}.states`;
  const tree = findings.parts.get(path);
  if (tree === undefined) return null;
  const places = new Map<string, Place>();
  if (tree.kind !== "list" || tree.items.length === 0) refuseForm(path, tree, findings);
  else if (tree.items.length > STATES_MAX)
    addFault(findings, tree.place, `${path}: expected at most ${STATES_MAX} states, found ${tree.items.length}`);
  else for (const item of tree.items) addState(path, item, places, findings);
  return places;
}

function addState(path: string, item: Tree, places: Map<string, Place>, findings: Findings): void {
  const name = textOf(item);
  const problem =
    name === null
      ? `expected the name of a state, found ${described(item)}`
      : stateNameProblem(name, new Set(places.keys()));
  if (problem !== null) addFault(findings, item.place, `${path}: ${problem}`);
  if (name !== null) places.set(name, item.place);
}

function refuseForm(path: string, tree: Tree, findings: Findings): void {
  const key = keyAt(path);
  if (key !== undefined) addFault(findings, tree.place, unexpected(path, key.value, tree));
}

function tableOf(reading: TableReading): LifecycleTable | null {
  const roles = rolesOf(reading);
  if (roles === null) return null;
  const initial = statesOf(
    "initial",
    defaultStates(roles.released, DEFAULT_LIFECYCLE.initial, reading.states),
    reading,
  );
  const edges = readEdges(reading, roles);
  const { working, released, parked, review, completed, terminal } = roles;
  const guards = readGuards(reading, roles);
  return { states: reading.states, initial, working, released, parked, review, completed, terminal, edges, guards };
}

/** Null, with faults, where a part that must be played has no state. */
function rolesOf(reading: TableReading): Roles | null {
  const [working, released, parked, completed] = (["working", "released", "parked", "completed"] as const).map((role) =>
    roleOf(role, reading),
  );
  const review = reviewOf(reading);
  if (working == null || released == null || parked == null || completed == null) return null;
  const terminal = statesOf("terminal", defaultStates(completed, DEFAULT_LIFECYCLE.terminal, reading.states), reading);
  return { working, released, parked, review, completed, terminal };
}

/** The state that is named, else the default table's where this table has it. */
function roleOf(role: Exclude<Role, "review">, reading: TableReading): string | null {
  const path = `${TABLE_SECTION}.${role}`;
  const tree = partAt(role, reading);
  if (tree !== undefined) return stateAt(tree, path, reading);
  const usual = DEFAULT_LIFECYCLE[role];
  if (reading.states.includes(usual)) return usual;
  const problem = `is missing, and there is no state ${usual}; name one of ${reading.states.join(", ")}`;
  addFault(reading.findings, sectionPlace(reading), `${path}: ${problem}`);
  return null;
}

function reviewOf(reading: TableReading): string | null {
  const tree = partAt("review", reading);
  if (tree === undefined) return reading.states.find((state) => state === DEFAULT_LIFECYCLE.review) ?? null;
  return textOf(tree) === "none" ? null : stateAt(tree, `${TABLE_SECTION}.review`, reading);
}

function statesOf(name: string, usual: readonly string[], reading: TableReading): readonly string[] {
  const path = `${TABLE_SECTION}.${name}`;
  const tree = partAt(name, reading);
  if (tree === undefined) return usual;
  const items = itemsOf(tree, reading.states.length);
  const states = items.map((item) => stateAt(item, path, reading)).filter((state) => state !== null);
  const again = states.find((state, index) => states.indexOf(state) !== index);
  if (again !== undefined) addFault(reading.findings, tree.place, `${path}: the state ${again} stands there twice`);
  if (items.length === 0) refuseForm(path, tree, reading.findings);
  return states;
}

/** The place of the first part that is written. */
function sectionPlace({ findings }: TableReading): Place {
  const [first] = findings.parts.values();
  return first?.place ?? { line: 1, column: 1 };
}

function placeOf({ proof, states, edges }: TableFault, reading: TableReading): Place {
  const [edge] = edges;
  const [state = ""] = states;
  const { edgePlaces, guardPlaces, statePlaces, findings } = reading;
  const exact =
    edge === undefined
      ? ((proof === "guards" ? guardPlaces.get(state) : undefined) ?? statePlaces.get(state))
      : (edgePlaces.get(edgeKey(edge.from, edge.to)) ?? findings.places.get(`${TABLE_SECTION}.edges`));
  return exact ?? sectionPlace(reading);
}
