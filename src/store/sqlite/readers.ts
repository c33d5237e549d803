// Read connections, opened when they are needed and kept: a read is a snapshot that blocks no writer, and a slow reader
// does not hold up the next one. At most 4; one more waits.

import type { Connection } from "./connection.ts";
import { beginWith, whenFree, type Patience } from "./patience.ts";

const READERS_MAX = 4;

export class Readers {
  readonly #open: () => Connection;
  readonly #patience: Patience;
  readonly #idle: Connection[] = [];
  readonly #waiting: ((connection: Connection) => void)[] = [];
  readonly #settled: (() => void)[] = [];
  #opened = 0;

  constructor(open: () => Connection, patience: Patience) {
    this.#open = open;
    this.#patience = patience;
  }

  /** Runs `work` in a read transaction whose snapshot `first`, a query, fixes. */
  async with<F, T>(
    first: (connection: Connection) => F,
    work: (connection: Connection, found: F) => Promise<T>,
  ): Promise<T> {
    const connection = await this.#take();
    try {
      const found = await whenFree(connection.path, this.#patience, () =>
        beginWith(connection, "BEGIN", () => first(connection)),
      );
      return await work(connection, found);
    } finally {
      this.#give(connection);
    }
  }

  /** Waits until no read is under way, then closes all. */
  async close(): Promise<void> {
    if (this.#idle.length < this.#opened) await new Promise<void>((resolve) => this.#settled.push(resolve));
    for (const connection of this.#idle) connection.close();
  }

  async #take(): Promise<Connection> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#opened === READERS_MAX) return await new Promise((resolve) => this.#waiting.push(resolve));
    const opened = this.#open();
    this.#opened += 1;
    return opened;
  }

  #give(connection: Connection): void {
    connection.rollback();
    const next = this.#waiting.shift();
    if (next !== undefined) return next(connection);
    this.#idle.push(connection);
    if (this.#idle.length === this.#opened) for (const resolve of this.#settled.splice(0)) resolve();
  }
}
