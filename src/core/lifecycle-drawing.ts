// A lifecycle table as a Mermaid state diagram: a picture that code hosts and editors draw by themselves.

import type { Edge, LifecycleTable } from "./lifecycle.ts";

const PLAIN = /^[A-Za-z][A-Za-z0-9_]*$/;
const NUMBERED = /^s_[0-9]+$/;

/** Words that a state diagram reads as its own, in any case. */
const TAKEN: ReadonlySet<string> = new Set([
  "as",
  "choice",
  "class",
  "classdef",
  "click",
  "default",
  "direction",
  "end",
  "fork",
  "hide",
  "href",
  "join",
  "left",
  "note",
  "of",
  "right",
  "scale",
  "state",
  "statediagram",
  "style",
]);

/** What stands for a state in the diagram: its name, or a number where its name would be read as something else. */
function symbols(states: readonly string[]): ReadonlyMap<string, string> {
  const isSafe = (state: string): boolean =>
    PLAIN.test(state) && !NUMBERED.test(state) && !TAKEN.has(state.toLowerCase());
  return new Map(states.map((state, index) => [state, isSafe(state) ? state : `s_${index + 1}`]));
}

/** Who may take the edge; nothing where every agent and human may, and they alone. */
function label({ by }: Edge): string {
  const agent = by.includes("agent");
  const human = by.includes("human");
  if (agent && human) return by.includes("system") ? ": system too" : "";
  return `: ${by.join(", ")}`;
}

/** The diagram's text, ending in a line feed; edges in the table's order, endings last. */
export function drawLifecycle({ states, initial, terminal, edges }: LifecycleTable): string {
  const symbol = symbols(states);
  const of = (state: string): string => symbol.get(state) ?? state;
  const lines = [
    "stateDiagram-v2",
    ...states.filter((state) => of(state) !== state).map((state) => `    state "${state}" as ${of(state)}`),
    ...initial.map((state) => `    [*] --> ${of(state)}`),
    ...edges.map((edge) => `    ${of(edge.from)} --> ${of(edge.to)}${label(edge)}`),
    ...terminal.map((state) => `    ${of(state)} --> [*]`),
  ];
  return `${lines.join("\n")}\n`;
}
