// Watches the file under a running store. A file that was removed or replaced takes writes without an error and loses
// them; a write-ahead log that readers kept from being reused grows without end.

import { StoreFault } from "../fault.ts";
import type { Connection } from "./connection.ts";
import { sizeOf, statusOf } from "./file.ts";
import { isFull } from "./sql-fault.ts";

const CHECK_EVERY_MS = 100;
/** A page that changes often is copied once a checkpoint, and each one waits for the disk twice. */
const CHECKPOINT_PAGES = 4_000;

/** A write-ahead log over this is emptied and cut. */
export const WAL_BYTES_MAX: number = 64 * 1024 * 1024;

/** `walBytesMax`: the log is cut over this size; `clock`: milliseconds that only go forward. */
type WatchOptions = { readonly walBytesMax: number; readonly clock: () => number };

export class Watch {
  readonly #connection: Connection;
  readonly #options: WatchOptions;
  readonly #inode: number;
  readonly #device: number;
  #checkedMs = -Infinity;

  constructor(connection: Connection, options: WatchOptions) {
    const status = statusOf(connection.path);
    this.#connection = connection;
    this.#options = options;
    this.#inode = status?.ino ?? 0;
    this.#device = status?.dev ?? 0;
  }

  /**
   * After a commit, before it is acknowledged: throws store.io when the file at the path is no longer the open one.
   * Looks at most every 100 ms: looking costs as much as two statements, and nothing kept in a removed file counts.
   */
  afterCommit(): void {
    const nowMs = this.#options.clock();
    if (nowMs - this.#checkedMs < CHECK_EVERY_MS) return;
    this.#checkedMs = nowMs;
    const { path } = this.#connection;
    const status = statusOf(path);
    if (status?.ino !== this.#inode || status.dev !== this.#device) {
      throw new StoreFault(
        "store.io",
        path,
        `${path} was removed or replaced while it was open, what was written since is lost: restore the file or a backup, then start again`,
      );
    }
    this.tendWal();
  }

  /** Copies the write-ahead log into the file and cuts it, as far as there is room for that. */
  emptyWal(): void {
    this.#checkpoint("TRUNCATE");
  }

  /** Copies a long write-ahead log into the file; empties one that has grown much too long. */
  tendWal(): void {
    const connection = this.#connection;
    const columns = connection.first("PRAGMA wal_checkpoint(NOOP)") ?? {};
    const waitingPages = connection.integer(columns, 1) - connection.integer(columns, 2);
    const sizeBytes = sizeOf(`${connection.path}-wal`);
    if (sizeBytes > this.#options.walBytesMax) this.#checkpoint("TRUNCATE");
    else if (waitingPages >= CHECKPOINT_PAGES) this.#checkpoint("PASSIVE");
  }

  /** INVARIANT: a full disk never turns a commit into a fault: the log holds it, and is copied when there is room. */
  #checkpoint(mode: "PASSIVE" | "TRUNCATE"): void {
    try {
      this.#connection.first(`PRAGMA wal_checkpoint(${mode})`);
    } catch (error) {
      if (!isFull(error)) throw error;
    }
  }
}
