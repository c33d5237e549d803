// Connections that are opened when they are needed and kept. What is broken is not given out again; one more than the
// most waits for its turn.

import type { Connection } from "./connection.ts";

export class Pool {
  readonly #connect: () => Promise<Connection>;
  readonly #most: number;
  readonly #idle: Connection[] = [];
  readonly #waiting: (() => void)[] = [];
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
      else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
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
      this.#waiting.shift()?.();
      throw error;
    }
  }

  #put(connection: Connection): void {
    if (connection.broken) this.#open -= 1;
    else this.#idle.push(connection);
    this.#waiting.shift()?.();
  }
}
