// Whoever reads the log for another reason than to verify it checks the chain on the way: what comes of a changed log is
// worth nothing, and its reader has to be told.

import type { StoredEvent, StoredHead } from "../store/index.ts";
import { chainHash, GENESIS } from "./chain.ts";

export class ChainWatch {
  #sequence: number;
  #hash: string;
  #brokenAt: number | null = null;

  /** Follows the events after the one at `sequence` that has this hash; from the first event unless told. */
  constructor(sequence = 0, hash: string = GENESIS) {
    this.#sequence = sequence;
    this.#hash = hash;
  }

  /** Of the last event that was read. */
  get sequence(): number {
    return this.#sequence;
  }

  /**
   * Sequence of the first event that is missing, or whose hash does not cover its bytes and the event before it; null
   * where there is none.
   */
  get brokenAt(): number | null {
    return this.#brokenAt;
  }

  /** Looks at the next event that was read. */
  see({ sequence, bytes, hash }: StoredEvent): void {
    if (sequence !== this.#sequence + 1) this.#brokenAt ??= this.#sequence + 1;
    else if (this.#brokenAt === null && chainHash(this.#hash, bytes) !== hash) this.#brokenAt = sequence;
    this.#sequence = sequence;
    this.#hash = hash;
  }

  /** Nothing follows: is that where the head says the log ends, and where its rows stand? */
  end(head: StoredHead | null, rowsAt: number): void {
    if (this.#sequence < Math.max(head?.sequence ?? 0, rowsAt)) this.#brokenAt ??= this.#sequence + 1;
    else if (head?.sequence === this.#sequence && head.hash !== this.#hash) this.#brokenAt ??= this.#sequence;
  }
}
