// Changes laid over rows that were loaded: folding an event writes here, and the changed rows come out at the end.

import type { Row, Rows } from "./rows.ts";

export class Overlay implements Rows {
  readonly #base: Rows;
  readonly #changed: Map<string, Row | null> = new Map();

  constructor(base: Rows) {
    this.#base = base;
  }

  get(key: string): Row | null | undefined {
    const changed = this.#changed.get(key);
    return changed === undefined ? this.#base.get(key) : changed;
  }

  put(key: string, row: Row): void {
    this.#changed.set(key, row);
  }

  delete(key: string): void {
    this.#changed.set(key, null);
  }

  /** The rows that were put, by key, in the order of their first change; null where one was deleted. */
  get changed(): ReadonlyMap<string, Row | null> {
    return this.#changed;
  }
}
