// Brings the write-ahead log to the disk beside the event loop. A commit that others follow at once does not wait for the
// disk while it holds the lock: SQLite writes it (synchronous = NORMAL), the next transaction begins, and the answer leaves
// when the log has been synced. One sync serves every commit that was written before it began.

import { close, fdatasync, openSync } from "node:fs";
import { promisify } from "node:util";
import { codeOf } from "../../system/index.ts";
import { StoreFault } from "../fault.ts";

const [syncData, closeFile] = [promisify(fdatasync), promisify(close)];

export class WalSync {
  readonly #path: string;
  #descriptor: number | null = null;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Resolves when all that was committed before the call is on the disk. @throws StoreFault `store.io`. */
  async sync(): Promise<void> {
    const running = this.#running;
    if (running === null) return await this.#begin();
    // What is under way may have begun before the commit that asks.
    this.#next ??= running.catch(() => undefined).then(() => this.#begin());
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
      await syncData(this.#descriptor);
    } catch (error) {
      throw new StoreFault(
        "store.io",
        this.#path,
        `${this.#path} could not be brought to the disk (${codeOf(error)}): what was asked and not answered may be lost. check the disk, then run \`exec-kernel verify\``,
        error,
      );
    }
  }
}
