// Brings the write-ahead log to the disk beside the event loop. A commit that others follow at once does not wait for the
// disk while it holds the lock: SQLite writes it (synchronous = NORMAL), the next transaction begins, and the answer leaves
// when the log has been synced. One sync serves every commit that was written before it began.

import { close, fdatasync, openSync } from "node:fs";
import { promisify } from "node:util";
import { codeOf } from "../../system/index.ts";
import { StoreFault } from "../fault.ts";

const [syncFile, closeFile] = [promisify(fdatasync), promisify(close)];

export class WalSync {
  readonly #path: string;
  readonly #syncFile: (descriptor: number) => Promise<void>;
  #descriptor: number | null = null;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #failure: StoreFault | null = null;

  /** `syncFile` is for tests of a disk that fails. */
  constructor(path: string, sync: (descriptor: number) => Promise<void> = syncFile) {
    this.#path = path;
    this.#syncFile = sync;
  }

  /**
   * Resolves when all that was committed before the call is on the disk. INVARIANT: once a sync has failed none succeeds:
   * a system tells a write that it lost only once, and what came later lies behind that write.
   * @throws StoreFault `store.io`.
   */
  async sync(): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    const running = this.#running;
    if (running === null) return await this.#begin();
    // What is under way may have begun before the commit that asks.
    this.#next ??= running.then(() => this.#begin());
    return await this.#next;
  }

  async close(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await this.#running?.catch(() => undefined);
    if (this.#descriptor !== null) await closeFile(this.#descriptor);
    this.#descriptor = null;
  }

  #begin(): Promise<void> {
    this.#next = null;
    const running = this.#flush().finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }

  async #flush(): Promise<void> {
    try {
      this.#descriptor ??= openSync(`${this.#path}-wal`, "r+");
      await this.#syncFile(this.#descriptor);
    } catch (error) {
      this.#failure = new StoreFault(
        "store.io",
        this.#path,
        `${this.#path} could not be brought to the disk (${codeOf(error)}): what was asked and not answered may be lost. check the disk, then run \`exec-kernel verify\``,
        error,
      );
      throw this.#failure;
    }
  }
}
