// A view of one workspace, as the contract has it; over a Writing it is a session.

import {
  checkAppend,
  checkKeys,
  checkPage,
  checkRange,
  checkSearch,
  checkSequence,
  countedTo,
  sameHead,
} from "../contract.ts";
import type { Page, RowChange, Session, StoredEvent, StoredHead, StoredRow } from "../store.ts";
import { HeadMoved, type Progress } from "../transaction.ts";
import type { Ask } from "./connection.ts";
import type { Append } from "./flush.ts";
import type { Reads } from "./reads.ts";
import type { Search } from "./search.ts";

/** Where a session reads and what it writes into. */
export type Ground = {
  readonly ask: Ask;
  readonly head: () => Promise<StoredHead | null>;
  /** Counted in this session and not yet with the server. */
  readonly counts: ReadonlyMap<string, number>;
  readonly count: (name: string, by: number) => void;
  readonly append: (append: Append) => void;
};

export type SessionParts = { readonly reads: Reads; readonly search: Search };

export class PostgresSession implements Session {
  readonly #parts: SessionParts;
  readonly #workspace: string;
  readonly #progress: Progress;
  readonly #ground: Ground;

  constructor(parts: SessionParts, workspace: string, progress: Progress, ground: Ground) {
    this.#parts = parts;
    this.#workspace = workspace;
    this.#progress = progress;
    this.#ground = ground;
  }

  async head(): Promise<StoredHead | null> {
    this.#progress.use();
    return await this.#ground.head();
  }

  async load(keys: readonly string[]): Promise<readonly (string | null)[]> {
    this.#progress.use();
    checkKeys(keys);
    return await this.#parts.reads.rows(this.#ground.ask, this.#workspace, keys);
  }

  async event(sequence: number): Promise<StoredEvent | null> {
    this.#progress.use();
    checkSequence(sequence);
    return await this.#parts.reads.event(this.#ground.ask, this.#workspace, sequence);
  }

  async events(afterSequence: number, limit: number): Promise<readonly StoredEvent[]> {
    this.#progress.use();
    checkRange(afterSequence, limit);
    return await this.#parts.reads.events(this.#ground.ask, this.#workspace, afterSequence, limit);
  }

  async rows(page: Page): Promise<readonly StoredRow[]> {
    this.#progress.use();
    checkPage(page);
    return await this.#parts.reads.page(this.#ground.ask, this.#workspace, page);
  }

  async search(prefix: string, query: string, limit: number): Promise<readonly StoredRow[]> {
    this.#progress.use();
    checkSearch(prefix, query, limit);
    return await this.#parts.search.rows(this.#ground.ask, this.#workspace, prefix, query, limit);
  }

  async counters(): Promise<ReadonlyMap<string, number>> {
    this.#progress.use();
    const counters = await this.#parts.reads.counters(this.#ground.ask, this.#workspace);
    for (const [name, by] of this.#ground.counts) counters.set(name, (counters.get(name) ?? 0) + by);
    return counters;
  }

  async append(
    expected: StoredHead | null,
    next: StoredHead,
    events: readonly StoredEvent[],
    rows: readonly RowChange[],
  ): Promise<void> {
    this.#progress.use();
    const found = await this.#ground.head();
    this.#progress.write("append", () => {
      if (!sameHead(expected, found)) throw new HeadMoved(expected, found);
      checkAppend(expected, next, events, rows);
      this.#ground.append(copyOf(next, events, rows));
    });
  }

  async count(name: string, by: number): Promise<void> {
    this.#progress.write("count", () =>
      this.#ground.count(name, countedTo(name, this.#ground.counts.get(name) ?? 0, by)),
    );
  }
}

/** What the caller does to its objects later must not reach the log. */
function copyOf(next: StoredHead, events: readonly StoredEvent[], rows: readonly RowChange[]): Append {
  return {
    next: { sequence: next.sequence, hash: next.hash, minWriter: next.minWriter },
    events: events.map(({ sequence, at, type, bytes, hash }) => ({ sequence, at, type, bytes, hash })),
    rows: rows.map(({ key, bytes }) => ({ key, bytes })),
  };
}
