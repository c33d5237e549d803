// Rows folded from a log alone: what is absent is absent, never unloaded. For verify and for judging the past.

import { evolve } from "../core/index.ts";
import type { Event, Row, Rows } from "../core/index.ts";

export class Folded implements Rows {
  readonly rows: Map<string, Row>;

  constructor(rows: Iterable<readonly [string, Row]> = []) {
    this.rows = new Map(rows);
  }

  get(key: string): Row | null {
    return this.rows.get(key) ?? null;
  }

  /** Takes over changed rows; null deletes. */
  take(changed: ReadonlyMap<string, Row | null>): void {
    for (const [key, row] of changed) {
      if (row === null) this.rows.delete(key);
      else this.rows.set(key, row);
    }
  }
}

/** @throws Defect when the event does not follow. */
export function foldInto(folded: Folded, event: Event): void {
  folded.take(evolve(folded, [event]));
}
