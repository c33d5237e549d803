// Sends what works have written. One flush is under way at a time; what comes meanwhile is gathered and goes together,
// one statement and one wait for the disk for all of it. Who comes alone waits for nobody.

import { StoreFault } from "../fault.ts";
import { fatesOf, type FateParts } from "./fate.ts";
import { flush, type Entry, type Fate } from "./flush.ts";
import { gaveUp, Lost } from "./sql-fault.ts";

type Job = {
  readonly entry: Entry;
  readonly resolve: (fate: Fate) => void;
  readonly reject: (error: unknown) => void;
};

/** A longer batch would hold its locks for too long. */
const BATCH_MAX = 64;

export class Appender {
  readonly #parts: FateParts;
  #waiting: Job[] = [];
  #flying = false;

  constructor(parts: FateParts) {
    this.#parts = parts;
  }

  /** Writes an entry. At most one a workspace may be under way. */
  append(entry: Entry): Promise<Fate> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      if (!this.#flying) void this.#fly();
    });
  }

  async #fly(): Promise<void> {
    this.#flying = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH_MAX);
      // Servers that write to the same workspaces take their locks in one order.
      batch.sort((a, b) => (a.entry.workspace < b.entry.workspace ? -1 : 1));
      await this.#settle(batch);
    }
    this.#flying = false;
  }

  /** INVARIANT: every job of the batch is answered, and one that fails by itself fails none of the others. */
  async #settle(batch: readonly Job[]): Promise<void> {
    try {
      const fates = await this.#write(batch.map(({ entry }) => entry));
      for (const [index, job] of batch.entries()) job.resolve(fates[index] ?? null);
    } catch (error) {
      if (batch.length === 1 || isOfServer(error)) for (const job of batch) job.reject(error);
      else for (const job of batch) await this.#settle([job]);
    }
  }

  async #write(entries: readonly Entry[]): Promise<Fate[]> {
    const { pool, statements, patience, where } = this.#parts;
    const attempt = async (): Promise<Fate[]> => {
      const connection = await pool.take();
      try {
        return await flush((question, values) => connection.ask(question, values), statements, entries);
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
      } finally {
        pool.give(connection);
      }
      return await fatesOf(this.#parts, entries);
    };
    return await patience.until(attempt, gaveUp(where, patience.patienceMs));
  }
}

/** What the others of the batch would meet too. */
function isOfServer(error: unknown): boolean {
  return error instanceof StoreFault && (error.code === "store.io" || error.code === "store.read_only");
}
