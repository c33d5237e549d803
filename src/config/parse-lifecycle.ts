// A lifecycle table of unknown origin: the form of the table first, then the proofs that any table must pass.

import { lifecycleFaults } from "../core/index.ts";
import type { ActorKind, Edge, Guard, LifecycleTable } from "../core/index.ts";
import { kindNamed, TABLE_KINDS } from "./actor-kinds.ts";
import { plainWords, readEntries, readFields, readList, readText, refuse } from "./plain.ts";
import type { Reader } from "./plain.ts";
import { EDGES_MAX, guardNamed, stateNameProblem, STATES_MAX, unknownState, whyProblem } from "./table-words.ts";
import { GUARDS } from "../core/index.ts";

const ROLES = ["working", "released", "parked", "review", "completed"];
const FIELDS = ["states", "initial", ...ROLES, "terminal", "edges", "guards"];
const EDGE_FIELDS = ["from", "to", "by", "why"];

export function readLifecycle(reader: Reader, value: unknown, path: string): LifecycleTable {
  const fields = readFields(reader, value, path, FIELDS);
  const states = readNewNames(reader, fields.get("states"), `${path}.states`);
  const one = (name: string): string => readState(reader, fields.get(name), `${path}.${name}`, states);
  const some = (name: string): readonly string[] => readStates(reader, fields.get(name), `${path}.${name}`, states);
  const table: LifecycleTable = {
    states,
    initial: some("initial"),
    working: one("working"),
    released: one("released"),
    parked: one("parked"),
    review: fields.get("review") === null ? null : one("review"),
    completed: one("completed"),
    terminal: some("terminal"),
    edges: readEdges(reader, fields.get("edges"), `${path}.edges`, states),
    guards: readGuards(reader, fields.get("guards"), `${path}.guards`, states),
  };
  if (reader.problem === null) for (const { message } of lifecycleFaults(table)) refuse(reader, path, message);
  return table;
}

function readNewNames(reader: Reader, value: unknown, path: string): readonly string[] {
  const seen = new Set<string>();
  const names = readList(reader, value, path, STATES_MAX, (item, at) => {
    const name = readText(reader, item, at);
    const problem = stateNameProblem(name, seen);
    if (problem !== null) refuse(reader, at, problem);
    seen.add(name);
    return name;
  });
  if (names.length === 0) refuse(reader, path, "names no state");
  return names;
}

function readState(reader: Reader, value: unknown, path: string, states: readonly string[]): string {
  const name = readText(reader, value, path);
  if (!states.includes(name)) refuse(reader, path, unknownState(name, states));
  return name;
}

function readStates(reader: Reader, value: unknown, path: string, states: readonly string[]): readonly string[] {
  const names = readList(reader, value, path, STATES_MAX, (item, at) => readState(reader, item, at, states));
  if (names.length === 0) refuse(reader, path, "names no state");
  if (new Set(names).size < names.length) refuse(reader, path, "names a state twice");
  return names;
}

function readEdges(reader: Reader, value: unknown, path: string, states: readonly string[]): readonly Edge[] {
  return readList(reader, value, path, EDGES_MAX, (item, at) => readEdge(reader, item, at, states));
}

function readEdge(reader: Reader, value: unknown, path: string, states: readonly string[]): Edge {
  const fields = readFields(reader, value, path, EDGE_FIELDS);
  const why = readText(reader, fields.get("why"), `${path}.why`);
  const problem = whyProblem(why);
  if (problem !== null) refuse(reader, `${path}.why`, problem);
  const from = readState(reader, fields.get("from"), `${path}.from`, states);
  const to = readState(reader, fields.get("to"), `${path}.to`, states);
  return { from, to, by: readKinds(reader, fields.get("by"), `${path}.by`), why };
}

/** Different kinds of actor, at least one. */
function readKinds(reader: Reader, value: unknown, path: string): readonly ActorKind[] {
  const kinds = readNamed(reader, value, path, { named: kindNamed, all: TABLE_KINDS });
  if (kinds.length === 0) refuse(reader, path, "names no kind of actor");
  return kinds;
}

function readGuards(
  reader: Reader,
  value: unknown,
  path: string,
  states: readonly string[],
): { readonly [state: string]: readonly Guard[] } {
  const out = new Map<string, readonly Guard[]>();
  for (const [state, guards] of readEntries(reader, value, path)) {
    if (!states.includes(state)) refuse(reader, path, unknownState(state, states));
    else out.set(state, readNamed(reader, guards, `${path}.${state}`, { named: guardNamed, all: GUARDS }));
  }
  return Object.fromEntries(out);
}

/** A list of different names out of a closed set. */
export function readNamed<T extends string>(
  reader: Reader,
  value: unknown,
  path: string,
  { named, all }: { readonly named: (item: unknown) => T | null; readonly all: readonly T[] },
): readonly T[] {
  const items = readList(reader, value, path, all.length, (item, at) => {
    const found = named(item);
    if (found === null) refuse(reader, at, `expected ${all.join(" or ")}, found ${plainWords(item)}`);
    return found;
  });
  const found = items.filter((item) => item !== null);
  if (new Set(found).size < found.length) refuse(reader, path, "names one of them twice");
  return found;
}
