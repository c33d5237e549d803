// A view of one workspace over one connection inside a transaction; on the write connection it is a session.

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
import type { Connection } from "./connection.ts";
import { readCounter, readCounters, readEvent, readEvents, readHead, readPage, readRows } from "./reads.ts";
import { searchRows } from "./search.ts";
import { addEvents, addWorkspace, changeRows, setCounter } from "./writes.ts";

export class SqliteSession implements Session {
  readonly #connection: Connection;
  readonly #workspace: string;
  readonly #progress: Progress;
  #number: number;
  /** Asked once: inside a transaction the head changes by this session's own append alone. */
  #head: StoredHead | null | undefined;

  /** `number` is 0 for a workspace that is not in the file yet; the first write gives it one. */
  constructor(connection: Connection, workspace: string, number: number, progress: Progress) {
    this.#connection = connection;
    this.#workspace = workspace;
    this.#number = number;
    this.#progress = progress;
  }

  get number(): number {
    return this.#number;
  }

  async head(): Promise<StoredHead | null> {
    this.#progress.use();
    return this.#knownHead();
  }

  async load(keys: readonly string[]): Promise<readonly (string | null)[]> {
    this.#progress.use();
    checkKeys(keys);
    return readRows(this.#connection, this.#number, keys);
  }

  async event(sequence: number): Promise<StoredEvent | null> {
    this.#progress.use();
    checkSequence(sequence);
    return readEvent(this.#connection, this.#number, sequence);
  }

  async events(afterSequence: number, limit: number): Promise<readonly StoredEvent[]> {
    this.#progress.use();
    checkRange(afterSequence, limit);
    return readEvents(this.#connection, this.#number, afterSequence, limit);
  }

  async rows(page: Page): Promise<readonly StoredRow[]> {
    this.#progress.use();
    checkPage(page);
    return readPage(this.#connection, this.#number, page);
  }

  async search(prefix: string, query: string, limit: number): Promise<readonly StoredRow[]> {
    this.#progress.use();
    checkSearch(prefix, query, limit);
    return searchRows(this.#connection, this.#number, prefix, query, limit);
  }

  async counters(): Promise<ReadonlyMap<string, number>> {
    this.#progress.use();
    return readCounters(this.#connection, this.#number);
  }

  async append(
    expected: StoredHead | null,
    next: StoredHead,
    events: readonly StoredEvent[],
    rows: readonly RowChange[],
  ): Promise<void> {
    this.#progress.write("append", () => {
      const found = this.#knownHead();
      if (!sameHead(expected, found)) throw new HeadMoved(expected, found);
      checkAppend(expected, next, events, rows);
      const number = this.#ensureNumber();
      addEvents(this.#connection, number, next.minWriter, events);
      changeRows(this.#connection, number, rows);
      this.#head = { sequence: next.sequence, hash: next.hash, minWriter: next.minWriter };
    });
  }

  async count(name: string, by: number): Promise<void> {
    this.#progress.write("count", () => {
      const sum = countedTo(name, readCounter(this.#connection, this.#number, name), by);
      setCounter(this.#connection, this.#ensureNumber(), name, sum);
    });
  }

  #knownHead(): StoredHead | null {
    if (this.#head === undefined) this.#head = readHead(this.#connection, this.#number);
    return this.#head;
  }

  #ensureNumber(): number {
    if (this.#number === 0) this.#number = addWorkspace(this.#connection, this.#workspace);
    return this.#number;
  }
}
