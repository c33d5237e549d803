// Counts what became of a file's lines. Types of records come from the file, so they are bounded in number and in form:
// nothing that a stranger wrote gets into a report by way of a type's name.

import type { LineCounts } from "./step-items.ts";

/** What became of one line: null is understood; else a type of record that is not known, or why it is unusable. */
export type Verdict = null | { readonly unknown: string } | { readonly broken: string };

/** Counts verdicts as they come; `counts` tells the sums so far. */
export type LineCounter = { readonly add: (verdict: Verdict) => void; readonly counts: () => LineCounts };

const TYPES_MAX = 64;
const PLAIN_TYPE = /^[A-Za-z][\w.:/-]{0,63}$/;

/** The names under which odd types are counted. */
const NO_TYPE = "(no type)";
const ODD_TYPE = "(odd type)";
const MORE_TYPES = "(more types)";

/** The verdict on a record whose type is not known, or is no type at all. */
export function unknownType(type: unknown): Verdict {
  if (typeof type !== "string") return { unknown: NO_TYPE };
  return { unknown: PLAIN_TYPE.test(type) ? type : ODD_TYPE };
}

/** The verdict on an unusable line. */
export function broken(why: string): Verdict {
  return { broken: why };
}

/** Makes a counter at zero. */
export function lineCounter(): LineCounter {
  let understood = 0;
  let brokenLines = 0;
  let unknownLines = 0;
  const unknown = new Map<string, number>();

  const addUnknown = (type: string): void => {
    const name = unknown.has(type) || unknown.size < TYPES_MAX ? type : MORE_TYPES;
    unknown.set(name, (unknown.get(name) ?? 0) + 1);
    unknownLines += 1;
  };
  const add = (verdict: Verdict): void => {
    if (verdict === null) understood += 1;
    else if ("broken" in verdict) brokenLines += 1;
    else addUnknown(verdict.unknown);
  };
  const counts = (): LineCounts => ({
    lines: understood + brokenLines + unknownLines,
    understood,
    broken: brokenLines,
    unknown: Object.fromEntries(unknown),
  });
  return { add, counts };
}
