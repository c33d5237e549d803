// Changes laid over rows that were loaded: folding an event writes here, and the changed rows come out at the end.

import type { Row, Rows } from "./rows.ts";

export class Overlay implements Rows {
  readonly #base: Rows;
  readonly #changed: Map<string, Row> = new Map();

  constructor(base: Rows) {
    this.#base = base;
  }

  get(key: string): Row | null | undefined {
    return this.#changed.get(key) ?? this.#base.get(key);
  }

  put(key: string, row: Row): void {
    this.#changed.set(key, row);
  }

  /** The rows that were put, by key, in the order of their first change. */
  get changed(): ReadonlyMap<string, Row> {
    return this.#changed;
  }
}
