// Bounds and words of lifecycle tables, the same for a file and for a policy from a log.

import { DEFAULT_LIFECYCLE, GUARDS } from "../core/index.ts";
import type { Edge, Guard } from "../core/index.ts";
import { nameProblem } from "./names.ts";
import { quoted, shownKey } from "./quote.ts";
import { nearest } from "./suggest.ts";

export const STATES_MAX = 64;
export const EDGES_MAX = 1_024;
export const WHY_CHARACTERS_MAX = 200;
/** The form of a state's name. */
export const STATE_NAME: RegExp = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** Why this cannot be the name of one more state, or null where it can. */
export function stateNameProblem(name: string, others: ReadonlySet<string>): string | null {
  if (others.has(name)) return `the state ${quoted(name)} stands there twice`;
  if (!STATE_NAME.test(name))
    return `${quoted(name)} is no name for a state: use up to 64 letters, digits, _ and -, with a letter first`;
  // INVARIANT: no state is called like a member of every object: guards are looked up by name.
  return name === "none" || name in {} ? `${quoted(name)} is no name for a state: it means something else` : null;
}

/** Why this cannot be what a grant says, or null where it can. */
export function whyProblem(why: string): string | null {
  if (why.length > WHY_CHARACTERS_MAX) return `has more than ${WHY_CHARACTERS_MAX} characters`;
  return (
    nameProblem(why, new Set())?.replace("a name is empty", "is empty").replace("no id has", "no text has") ?? null
  );
}

/** The guard of this name; null for any other value. */
export function guardNamed(name: unknown): Guard | null {
  return GUARDS.find((guard) => guard === name) ?? null;
}

/** What a grant says of a move that came without words. */
export function whyOf({ from, to }: Pick<Edge, "from" | "to">): string {
  const known = DEFAULT_LIFECYCLE.edges.find((edge) => edge.from === from && edge.to === to);
  return known?.why ?? `${from} -> ${to}`;
}

/** The problem of a name that is no state of the table. */
export function unknownState(name: string, states: readonly string[]): string {
  const near = nearest(name, states);
  const hint = near === null ? `known here: ${states.join(", ")}` : `did you mean ${near}?`;
  return `unknown state ${shownKey(name)} (${hint})`;
}
