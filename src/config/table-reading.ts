// What the readers of a file's lifecycle table share: the states they may name, and where everything stands.

import { addFault } from "./findings.ts";
import type { Findings } from "./findings.ts";
import type { Place } from "./problem.ts";
import { unknownState } from "./table-words.ts";
import { textOf } from "./tree.ts";
import type { Tree } from "./tree.ts";
import { described } from "./words.ts";

export const TABLE_SECTION = "lifecycle_table";

/** `states` are known to the whole table; the places are those of edges and guards, for what the proofs find. */
export type TableReading = {
  readonly findings: Findings;
  readonly states: readonly string[];
  readonly statePlaces: ReadonlyMap<string, Place>;
  readonly edgePlaces: Map<string, Place>;
  readonly guardPlaces: Map<string, Place>;
};

/** The one spelling of an edge as a key. */
export function edgeKey(from: string, to: string): string {
  return `${from} -> ${to}`;
}

export function partAt(name: string, { findings }: TableReading): Tree | undefined {
  return findings.parts.get(`${TABLE_SECTION}.${name}`);
}

/**
 * A list's items; what is no list is a list of itself. Of a longer list than there are different names, one more than
 * that: it must hold a fault by then, and an alias can put a list of a megabyte into a thousand places.
 */
export function itemsOf(tree: Tree, namesMax: number): readonly Tree[] {
  return tree.kind === "list" ? tree.items.slice(0, namesMax + 1) : [tree];
}

/** The state that is named there; null, with a fault, where it is none of the table's. */
export function stateAt(tree: Tree, path: string, { findings, states }: TableReading): string | null {
  const name = textOf(tree);
  if (name !== null && states.includes(name)) return name;
  const problem = name === null ? `expected a state, found ${described(tree)}` : unknownState(name, states);
  addFault(findings, tree.place, `${path}: ${problem}`);
  return null;
}
