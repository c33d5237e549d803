// A lifecycle table of unknown origin: the form of the table, and that it speaks only of its own states. Whether its
// states can be reached is another question.

import { ACTOR_KINDS } from "../core/index.ts";
import type { ActorKind, Edge, LifecycleTable } from "../core/index.ts";
import { nameProblem } from "./names.ts";
import { plainWords, readFields, readList, readText, refuse, unknownField } from "./plain.ts";
import type { Reader } from "./plain.ts";

const STATES_MAX = 64;
const EDGES_MAX = 1_024;
const WHY_CHARACTERS_MAX = 200;
const FIELDS = ["states", "initial", "working", "released", "terminal", "edges"];
const EDGE_FIELDS = ["from", "to", "by", "why"];

export function readLifecycle(reader: Reader, value: unknown, path: string): LifecycleTable {
  const fields = readFields(reader, value, path, FIELDS);
  const states = readNewNames(reader, fields.get("states"), `${path}.states`);
  const one = (name: string): string => readState(reader, fields.get(name), `${path}.${name}`, states);
  const some = (name: string): readonly string[] => readStates(reader, fields.get(name), `${path}.${name}`, states);
  return {
    states,
    initial: some("initial"),
    working: one("working"),
    released: one("released"),
    terminal: some("terminal"),
    edges: readEdges(reader, fields.get("edges"), `${path}.edges`, states),
  };
}

function readNewNames(reader: Reader, value: unknown, path: string): readonly string[] {
  const seen = new Set<string>();
  const names = readList(reader, value, path, STATES_MAX, (item, at) => {
    const name = readText(reader, item, at);
    const problem = nameProblem(name, seen);
    if (problem !== null) refuse(reader, at, problem);
    seen.add(name);
    return name;
  });
  if (names.length === 0) refuse(reader, path, "names no state");
  return names;
}

function readState(reader: Reader, value: unknown, path: string, states: readonly string[]): string {
  const name = readText(reader, value, path);
  if (!states.includes(name)) refuse(reader, path, unknownField(name, states).replace("unknown key", "unknown state"));
  return name;
}

function readStates(reader: Reader, value: unknown, path: string, states: readonly string[]): readonly string[] {
  const names = readList(reader, value, path, STATES_MAX, (item, at) => readState(reader, item, at, states));
  if (names.length === 0) refuse(reader, path, "names no state");
  if (new Set(names).size < names.length) refuse(reader, path, "names a state twice");
  return names;
}

function readEdges(reader: Reader, value: unknown, path: string, states: readonly string[]): readonly Edge[] {
  const seen = new Set<string>();
  return readList(reader, value, path, EDGES_MAX, (item, at) => {
    const edge = readEdge(reader, item, at, states);
    const key = JSON.stringify([edge.from, edge.to]);
    if (seen.has(key)) refuse(reader, at, `the edge ${edge.from} -> ${edge.to} stands there twice`);
    seen.add(key);
    return edge;
  });
}

function readEdge(reader: Reader, value: unknown, path: string, states: readonly string[]): Edge {
  const fields = readFields(reader, value, path, EDGE_FIELDS);
  const why = readText(reader, fields.get("why"), `${path}.why`);
  const problem =
    why.length > WHY_CHARACTERS_MAX ? `has more than ${WHY_CHARACTERS_MAX} characters` : nameProblem(why, new Set());
  if (problem !== null) refuse(reader, `${path}.why`, problem);
  const from = readState(reader, fields.get("from"), `${path}.from`, states);
  const to = readState(reader, fields.get("to"), `${path}.to`, states);
  if (from === to) refuse(reader, path, `leads from ${from} to itself`);
  return { from, to, by: readKinds(reader, fields.get("by"), `${path}.by`), why };
}

function isKind(value: unknown): value is ActorKind {
  return ACTOR_KINDS.some((kind) => kind === value);
}

function readKinds(reader: Reader, value: unknown, path: string): readonly ActorKind[] {
  const items = readList(reader, value, path, ACTOR_KINDS.length, (item, at) => {
    if (!isKind(item)) refuse(reader, at, `expected ${ACTOR_KINDS.join(" or ")}, found ${plainWords(item)}`);
    return item;
  });
  const kinds = items.filter(isKind);
  if (kinds.length === 0) refuse(reader, path, "names no kind of actor");
  if (new Set(kinds).size < kinds.length) refuse(reader, path, "names a kind of actor twice");
  return kinds;
}
