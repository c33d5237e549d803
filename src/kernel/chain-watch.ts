// Whoever reads the log for another reason than to verify it checks the chain on the way: what comes of a changed log is
// worth nothing, and its reader has to be told.

import type { StoredEvent } from "../store/index.ts";
import { chainHash, GENESIS } from "./chain.ts";

export class ChainWatch {
  #hash: string;
  #brokenAt: number | null = null;

  /** Follows the events after the one that has this hash; from the first event unless told. */
  constructor(hash: string = GENESIS) {
    this.#hash = hash;
  }

  /** Sequence of the first event whose hash does not cover its bytes and the event before it; null where none is. */
  get brokenAt(): number | null {
    return this.#brokenAt;
  }

  /** Looks at the next event that was read. */
  see({ sequence, bytes, hash }: StoredEvent): void {
    if (this.#brokenAt === null && chainHash(this.#hash, bytes) !== hash) this.#brokenAt = sequence;
    this.#hash = hash;
  }
}
