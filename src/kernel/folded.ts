// Rows folded from a log alone: what is absent is absent, never unloaded. For verify and for judging the past.

import { evolve } from "../core/index.ts";
import type { Event, Row, Rows } from "../core/index.ts";

export class Folded implements Rows {
  readonly rows: Map<string, Row> = new Map();

  get(key: string): Row | null {
    return this.rows.get(key) ?? null;
  }
}

/** @throws Defect when the event does not follow. */
export function foldInto(folded: Folded, event: Event): void {
  for (const [key, row] of evolve(folded, [event])) {
    if (row === null) folded.rows.delete(key);
    else folded.rows.set(key, row);
  }
}
