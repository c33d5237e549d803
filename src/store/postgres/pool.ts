// Connections that are opened when they are needed and kept. What is broken is not given out again; one more than the
// most waits for its turn, and gets it in the order of asking. When one is lost, those that lie idle and lead to the same
// host are most likely lost too, and finding that out one by one would cost a patience each: they go with it.

import type { Connection } from "./connection.ts";
import type { Host } from "./url.ts";

export class Pool {
  readonly #connect: () => Promise<Connection>;
  readonly #most: number;
  #idle: Connection[] = [];
  /** They are handed a connection, or null where there is room for another one. */
  readonly #waiting: ((connection: Connection | null) => void)[] = [];
  readonly #ending = new Set<Promise<void>>();
  #open = 0;

  constructor(connect: () => Promise<Connection>, most: number) {
    this.#connect = connect;
    this.#most = most;
  }

  /** Adds a connection that was opened elsewhere. */
  adopt(connection: Connection): void {
    this.#open += 1;
    this.#idle.push(connection);
  }

  async take(): Promise<Connection> {
    for (;;) {
      const idle = this.#idle.pop();
      if (idle !== undefined && !idle.broken) return idle;
      if (idle !== undefined) this.#open -= 1;
      else if (this.#open < this.#most) return await this.#another();
      else {
        const handed = await new Promise<Connection | null>((resolve) => this.#waiting.push(resolve));
        if (handed !== null) return handed;
      }
    }
  }

  /** Drops those that lie idle and lead to this host. */
  forget(host: Host): void {
    const lost = this.#idle.filter((connection) => connection.host === host);
    this.#idle = this.#idle.filter((connection) => connection.host !== host);
    this.#open -= lost.length;
    for (const connection of lost) connection.drop();
  }

  /** Takes one back, ending what transaction it still has; nobody waits for that. */
  give(connection: Connection): void {
    if (!connection.inTransaction || connection.broken) return this.#put(connection);
    const ended = connection
      .rollback()
      .catch(() => connection.drop())
      .then(() => {
        this.#ending.delete(ended);
        this.#put(connection);
      });
    this.#ending.add(ended);
  }

  /** Runs `work` with a connection of its own. */
  async with<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.take();
    try {
      return await work(connection);
    } finally {
      this.give(connection);
    }
  }

  /** Closes those that are idle; to be called when no work is under way. */
  async close(): Promise<void> {
    await Promise.all(this.#ending);
    await Promise.all(this.#idle.splice(0).map((connection) => connection.close()));
  }

  async #another(): Promise<Connection> {
    this.#open += 1;
    try {
      return await this.#connect();
    } catch (error) {
      this.#open -= 1;
      this.#waiting.shift()?.(null);
      throw error;
    }
  }

  #put(connection: Connection): void {
    if (connection.broken) this.#open -= 1;
    const next = this.#waiting.shift();
    if (next !== undefined) next(connection.broken ? null : connection);
    else if (!connection.broken) this.#idle.push(connection);
  }
}
