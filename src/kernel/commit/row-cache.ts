// Rows as they were decoded last: reading a row of a few kilobytes from its text costs more than judging it. They hold
// for as long as the log ends where it ended then; once anybody else has written, all are forgotten.

import type { Row } from "../../core/index.ts";
import type { StoredHead } from "../../store/index.ts";

/** Rows of one generation; two are kept. */
const ROWS_MAX = 8_192;

export class RowCache {
  #hash: string | null = null;
  #young = new Map<string, Row | null>();
  #old = new Map<string, Row | null>();

  /** Begins with a log that ends here. INVARIANT: a row is kept only under the hash of the head it belongs to. */
  open(head: StoredHead | null): void {
    if (head !== null && head.hash === this.#hash) return;
    this.#hash = null;
    this.#young = new Map();
    this.#old = new Map();
  }

  /** Null where the store has no such row, undefined where that is not known. */
  get(key: string): Row | null | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.#put(key, old);
    return old;
  }

  /** Keeps what was read and written by a commit that ended the log here. */
  keep(head: StoredHead | null, ...parts: readonly ReadonlyMap<string, Row | null>[]): void {
    if (head === null) return;
    this.#hash = head.hash;
    for (const part of parts) for (const [key, row] of part) this.#put(key, row);
  }

  /** What was not used while a generation filled goes with the one before it. */
  #put(key: string, row: Row | null): void {
    if (this.#young.size >= ROWS_MAX) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, row);
  }
}
