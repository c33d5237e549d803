// What became of the lines of all files: how many there are, which types of record nobody knows, which lines are broken.

import type { LineCounts, Problem } from "../../formats/index.ts";

/** How many broken lines are kept to be named; all are counted. */
const BAD_LINES_MAX = 1_000;
/** Types that are told apart; a file full of nonsense must not fill the memory. */
const TYPES_MAX = 256;

export class Lines {
  all = 0;
  readonly bad: { count: number; readonly first: Problem[] } = { count: 0, first: [] };
  readonly #unknown: Map<string, number> = new Map();

  add({ lines, unknown }: LineCounts): void {
    this.all += lines;
    for (const [type, count] of Object.entries(unknown))
      if (this.#unknown.has(type) || this.#unknown.size < TYPES_MAX)
        this.#unknown.set(type, (this.#unknown.get(type) ?? 0) + count);
  }

  addBad(problem: Problem): void {
    this.bad.count += 1;
    if (this.bad.first.length < BAD_LINES_MAX) this.bad.first.push(problem);
  }

  /** The most frequent first. */
  unknownTypes(): readonly { readonly type: string; readonly lines: number }[] {
    return [...this.#unknown]
      .map(([type, lines]) => ({ type, lines }))
      .toSorted((a, b) => b.lines - a.lines || (a.type < b.type ? -1 : 1));
  }
}
