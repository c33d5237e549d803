// A lifecycle table of a policy's own as the section of a file: every part written out, so that reading it adds nothing.

import { DEFAULT_LIFECYCLE } from "../core/index.ts";
import type { Edge, LifecycleTable } from "../core/index.ts";
import { keyLine, quotedText, sectionLine } from "./explain-lines.ts";
import type { Line } from "./explain-lines.ts";
import { defaultGuards } from "./table-defaults.ts";
import { TABLE_SECTION } from "./table-reading.ts";

/** What YAML does not read as a text when it stands bare. */
const OTHER_SCALAR = /^(true|false|null)$/i;

function bare(name: string): string {
  return OTHER_SCALAR.test(name) ? quotedText(name) : name;
}

function list(names: readonly string[]): string {
  return `[${names.map(bare).join(", ")}]`;
}

/** The section; nothing for the default table, which is what a silent file proposes. */
export function tableLines(table: LifecycleTable): readonly Line[] {
  if (JSON.stringify(table) === JSON.stringify(DEFAULT_LIFECYCLE)) return [];
  const part = (name: string, value: string): Line => keyLine(`${TABLE_SECTION}.${name}`, value);
  return [
    sectionLine(TABLE_SECTION),
    part("states", list(table.states)),
    part("initial", list(table.initial)),
    part("working", bare(table.working)),
    part("released", bare(table.released)),
    part("parked", bare(table.parked)),
    part("review", table.review === null ? "none" : bare(table.review)),
    part("completed", bare(table.completed)),
    part("terminal", list(table.terminal)),
    part("edges", ""),
    ...table.edges.map(edgeLine),
    ...guardLines(table),
  ];
}

/** In the form that keeps the order of the edges. */
function edgeLine({ from, to, by, why }: Edge): Line {
  return {
    depth: 2,
    text: `- { from: ${bare(from)}, to: ${bare(to)}, by: [${by.join(", ")}], why: ${quotedText(why)} }`,
  };
}

/** A state that demands nothing is named where it would demand something if it were not. */
function guardLines(table: LifecycleTable): readonly Line[] {
  const lines = table.states.flatMap((state) => {
    const guards = table.guards[state] ?? [];
    if (guards.length === 0 && defaultGuards(state, table).length === 0) return [];
    return [{ depth: 2, text: `${bare(state)}: ${guards.length === 0 ? "none" : `[${guards.join(", ")}]`}` }];
  });
  return lines.length === 0 ? [] : [keyLine(`${TABLE_SECTION}.guards`, ""), ...lines];
}
