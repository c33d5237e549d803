// The guards of a file's lifecycle table: what each state demands, in place of what its part would demand by itself.

import { GUARDS } from "../core/index.ts";
import type { Guard, LifecycleTable } from "../core/index.ts";
import { addFault } from "./findings.ts";
import { shownKey } from "./quote.ts";
import { nearest } from "./suggest.ts";
import { defaultGuards } from "./table-defaults.ts";
import type { Roles } from "./table-defaults.ts";
import { itemsOf, partAt, TABLE_SECTION } from "./table-reading.ts";
import type { TableReading } from "./table-reading.ts";
import { guardNamed, unknownState } from "./table-words.ts";
import { textOf } from "./tree.ts";
import type { Tree } from "./tree.ts";
import { described } from "./words.ts";

const PATH = `${TABLE_SECTION}.guards`;

export function readGuards(reading: TableReading, roles: Roles): LifecycleTable["guards"] {
  const named = namedGuards(reading);
  const out: Record<string, readonly Guard[]> = {};
  for (const state of reading.states) {
    const guards = named.get(state) ?? defaultGuards(state, roles);
    if (guards.length > 0) out[state] = guards;
  }
  return out;
}

function namedGuards(reading: TableReading): ReadonlyMap<string, readonly Guard[]> {
  const out = new Map<string, readonly Guard[]>();
  const { findings, states, guardPlaces } = reading;
  const tree = partAt("guards", reading);
  if (tree === undefined) return out;
  if (tree.kind !== "mapping") {
    addFault(
      findings,
      tree.place,
      `${PATH}: expected guards under the state that demands them, found ${described(tree)}`,
    );
    return out;
  }
  for (const { key, place, value } of tree.entries) {
    const path = `${PATH}.${shownKey(key)}`;
    guardPlaces.set(key, place);
    if (states.includes(key)) out.set(key, guardsOf(value, path, reading));
    else addFault(findings, place, `${path}: ${unknownState(key, states)}`);
  }
  return out;
}

/** `none` and an empty list demand nothing. */
function guardsOf(tree: Tree, path: string, { findings }: TableReading): readonly Guard[] {
  if (textOf(tree) === "none") return [];
  const guards: Guard[] = [];
  for (const item of itemsOf(tree, GUARDS.length)) {
    const guard = guardNamed(textOf(item));
    if (guard === null) addFault(findings, item.place, `${path}: ${unknownGuard(item)}`);
    else if (guards.includes(guard)) addFault(findings, item.place, `${path}: ${guard} stands there twice`);
    else guards.push(guard);
  }
  return guards;
}

function unknownGuard(item: Tree): string {
  const near = nearest(textOf(item) ?? "", GUARDS);
  const hint = near === null ? `guards are ${GUARDS.join(", ")}` : `did you mean ${near}?`;
  return `expected a guard, found ${described(item)} (${hint})`;
}
