// Room kept back for the last: a file beside the store that only takes up space. Once the disk is full it is given up a
// slice at a time, to writes that must still land (what was spent is booked, work is stopped), and to nobody else. When
// the disk has room again it is filled up, and everything goes on.

import { closeSync, openSync, rmSync, statfsSync, truncateSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "../../system/index.ts";
import { statusOf } from "./file.ts";

const MEBIBYTE = 1_048_576;

/** Room for some hundred settlements. */
export const BALLAST_BYTES: number = MEBIBYTE;

/** What one write is given: more than its pages in the log, and those of a checkpoint, take. */
const SLICE_BYTES = 131_072;
/** Left for a human who stops the work, whatever agents have spent and settle. */
const LAST_BYTES = 2 * SLICE_BYTES;

/** It is made, and filled up, only where this much is free: it must never be what fills the disk. */
const FREE_BYTES_LEAST = 8 * MEBIBYTE;

/** Looking at a file costs as much as two statements. */
const LOOK_EVERY_MS = 100;

const NO_ROOM: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);

/** `bytes`: how large it is, 0 for none; `clock`: milliseconds that only go forward; `freeBytes`: of the disk, for tests. */
export type BallastOptions = {
  readonly bytes: number;
  readonly clock: () => number;
  readonly freeBytes?: (path: string) => number;
};

function freeBytesOf(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

export class Ballast {
  readonly #path: string;
  readonly #options: BallastOptions;
  readonly #freeBytes: (path: string) => number;
  #lookedMs = -Infinity;
  #short = false;
  /** Why it could not be written, where the disk has room: such as "EACCES"; empty where nothing was in the way. */
  #blocked = "";

  constructor(storePath: string, options: BallastOptions) {
    this.#path = `${storePath}-ballast`;
    this.#options = options;
    this.#freeBytes = options.freeBytes ?? freeBytesOf;
  }

  /** What is left of it, null where there is none, how large it should be, and what keeps it from being made. */
  get kept(): { readonly bytes: number | null; readonly ofBytes: number; readonly blocked: string } {
    return { bytes: this.#sizeBytes(), ofBytes: this.#options.bytes, blocked: this.#blocked };
  }

  /** Makes it, or fills it up, where there is plenty of room; a disk too small for one has none, and is never short. */
  prepare(): void {
    if (this.#options.bytes > 0) this.#fill(this.#sizeBytes());
  }

  /** True while some of it is given up and the disk has no room to fill it up again. Looks at most every 100 ms. */
  isShort(): boolean {
    const nowMs = this.#options.clock();
    if (nowMs - this.#lookedMs < LOOK_EVERY_MS) return this.#short;
    this.#lookedMs = nowMs;
    const sizeBytes = this.#sizeBytes();
    this.#short = sizeBytes !== null && sizeBytes < this.#options.bytes && !this.#fill(sizeBytes) && !this.#isBlocked();
    return this.#short;
  }

  /** True where the disk has no room left for as much as one slice. */
  isWanted(): boolean {
    try {
      return this.#freeBytes(dirname(this.#path)) < SLICE_BYTES;
    } catch {
      return false;
    }
  }

  /** Gives up one slice; false where nothing is left to give, or only what is left for the very last. */
  give(how: "all" | "most"): boolean {
    const sizeBytes = this.#sizeBytes();
    if (sizeBytes === null || sizeBytes <= (how === "all" ? 0 : LAST_BYTES + SLICE_BYTES - 1)) return false;
    try {
      truncateSync(this.#path, Math.max(0, sizeBytes - SLICE_BYTES));
    } catch {
      // Another user's, or gone just now: then there is nothing to give.
      return false;
    }
    this.#short = true;
    return true;
  }

  /** A file that is not ours to write says nothing of the disk: a store whose ballast it is goes on without one. */
  #isBlocked(): boolean {
    return this.#blocked !== "";
  }

  #sizeBytes(): number | null {
    return statusOf(this.#path)?.size ?? null;
  }

  /** Fills it up from its size (null: there is none); false where the disk has too little room. Two may do so at once. */
  #fill(sizeBytes: number | null): boolean {
    const { bytes } = this.#options;
    const fromBytes = sizeBytes ?? 0;
    this.#blocked = "";
    if (fromBytes >= bytes) return true;
    try {
      // What was given up counts as room that others need.
      if (this.#freeBytes(dirname(this.#path)) < FREE_BYTES_LEAST + bytes - fromBytes) return false;
      const descriptor = openSync(this.#path, fromBytes === 0 ? "w" : "r+", 0o600);
      try {
        // Written, not only made longer: a hole takes up no space.
        writeSync(descriptor, Buffer.alloc(bytes - fromBytes, "room for the last "), 0, bytes - fromBytes, fromBytes);
      } finally {
        closeSync(descriptor);
      }
      if ((this.#sizeBytes() ?? 0) >= bytes) return true;
    } catch (error) {
      // No room is as with less than all of it written.
      this.#blocked = NO_ROOM.has(codeOf(error)) ? "" : codeOf(error);
      if (this.#isBlocked()) return false;
    }
    // Half a ballast is none: a store without one works, it only stops at once when the disk is full.
    if (sizeBytes === null) rmSync(this.#path, { force: true });
    return false;
  }
}
