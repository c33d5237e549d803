// The edges of a file's lifecycle table, in either form: `todo: [doing, { to: blocked, by: human }]`, which is short, or
// a list of `{ from, to, by, why }`, which keeps an order of its own.

import type { ActorKind, Edge } from "../core/index.ts";
import { kindNamed, TABLE_KINDS } from "./actor-kinds.ts";
import { addFault } from "./findings.ts";
import type { Place } from "./problem.ts";
import { shownKey } from "./quote.ts";
import { nearest } from "./suggest.ts";
import { defaultBy, defaultEdges, kernelEdges } from "./table-defaults.ts";
import type { Roles } from "./table-defaults.ts";
import { edgeKey, itemsOf, partAt, stateAt, TABLE_SECTION } from "./table-reading.ts";
import type { TableReading } from "./table-reading.ts";
import { EDGES_MAX, unknownState, whyOf, whyProblem } from "./table-words.ts";
import { textOf } from "./tree.ts";
import type { Mapping, Tree } from "./tree.ts";
import { described } from "./words.ts";

type Draft = {
  readonly from: string;
  readonly to: string;
  readonly by: readonly ActorKind[] | null;
  readonly why: string | null;
  readonly place: Place;
};

const PATH = `${TABLE_SECTION}.edges`;

/** The edges that are named, else those of the default table that fit, and the kernel's own moves. */
export function readEdges(reading: TableReading, roles: Roles): readonly Edge[] {
  const tree = partAt("edges", reading);
  const edges = tree === undefined ? defaultEdges(reading.states) : named(tree, reading, roles);
  return [...edges, ...kernelEdges(edges, roles)];
}

function named(tree: Tree, reading: TableReading, roles: Roles): readonly Edge[] {
  const drafts = draftsOf(tree, reading);
  if (drafts.length > EDGES_MAX)
    addFault(reading.findings, tree.place, `${PATH}: expected at most ${EDGES_MAX} edges, found more`);
  return drafts.slice(0, EDGES_MAX).map((draft) => {
    const { from, to, by, why, place } = draft;
    reading.edgePlaces.set(edgeKey(from, to), place);
    return { from, to, by: by ?? defaultBy(draft, roles), why: why ?? whyOf(draft) };
  });
}

function draftsOf(tree: Tree, reading: TableReading): readonly Draft[] {
  if (tree.kind === "list")
    return itemsOf(tree, EDGES_MAX).flatMap((item, index) => ofList(item, `${PATH}.${index}`, reading));
  if (tree.kind === "mapping")
    return tree.entries.flatMap(({ key, place, value }) => {
      const path = `${PATH}.${shownKey(key)}`;
      if (reading.states.includes(key))
        return itemsOf(value, reading.states.length).flatMap((item) => ofState(key, item, path, reading));
      addFault(reading.findings, place, `${path}: ${unknownState(key, reading.states)}`);
      return [];
    });
  addFault(
    reading.findings,
    tree.place,
    `${PATH}: expected moves under the state they leave, found ${described(tree)}`,
  );
  return [];
}

function ofList(item: Tree, path: string, reading: TableReading): readonly Draft[] {
  if (item.kind !== "mapping") {
    addFault(reading.findings, item.place, `${path}: expected { from, to }, found ${described(item)}`);
    return [];
  }
  const parts = partsOf(item, ["from", "to", "by", "why"], path, reading);
  const from = endOf("from", item, parts, path, reading);
  return from === null ? [] : toward(from, item, parts, path, reading);
}

function ofState(from: string, item: Tree, path: string, reading: TableReading): readonly Draft[] {
  if (item.kind === "mapping")
    return toward(from, item, partsOf(item, ["to", "by", "why"], path, reading), path, reading);
  const to = stateAt(item, path, reading);
  return to === null ? [] : [{ from, to, by: null, why: null, place: item.place }];
}

type Parts = ReadonlyMap<string, Tree>;

function toward(from: string, item: Mapping, parts: Parts, path: string, reading: TableReading): readonly Draft[] {
  const to = endOf("to", item, parts, path, reading);
  const by = parts.get("by");
  const why = parts.get("why");
  if (to === null) return [];
  return [
    {
      from,
      to,
      by: by === undefined ? null : kindsOf(by, `${path}.by`, reading),
      why: why === undefined ? null : wordsOf(why, `${path}.why`, reading),
      place: item.place,
    },
  ];
}

/** Tells of the first key that is none of the names, and reads no further. */
function partsOf(item: Mapping, names: readonly string[], path: string, { findings }: TableReading): Parts {
  const parts = new Map<string, Tree>();
  for (const { key, place, value } of item.entries) {
    if (!names.includes(key)) {
      const near = nearest(key, names);
      const hint = near === null ? `known here: ${names.join(", ")}` : `did you mean ${near}?`;
      addFault(findings, place, `${path}.${shownKey(key)}: unknown key (${hint})`);
      break;
    }
    parts.set(key, value);
  }
  return parts;
}

function endOf(name: string, item: Mapping, parts: Parts, path: string, reading: TableReading): string | null {
  const part = parts.get(name);
  if (part !== undefined) return stateAt(part, `${path}.${name}`, reading);
  addFault(reading.findings, item.place, `${path}: ${name} is missing`);
  return null;
}

function kindsOf(tree: Tree, path: string, { findings }: TableReading): readonly ActorKind[] {
  const kinds: ActorKind[] = [];
  const items = itemsOf(tree, TABLE_KINDS.length);
  if (items.length === 0) addFault(findings, tree.place, `${path}: names no kind of actor`);
  for (const item of items) {
    const kind = kindNamed(textOf(item));
    const among = TABLE_KINDS.join(" or ");
    if (kind === null) addFault(findings, item.place, `${path}: expected ${among}, found ${described(item)}`);
    else if (kinds.includes(kind)) addFault(findings, item.place, `${path}: ${kind} stands there twice`);
    else kinds.push(kind);
  }
  return kinds;
}

function wordsOf(tree: Tree, path: string, { findings }: TableReading): string | null {
  const why = textOf(tree);
  const problem = why === null ? `expected a text, found ${described(tree)}` : whyProblem(why);
  if (problem !== null) addFault(findings, tree.place, `${path}: ${problem}`);
  return why;
}
