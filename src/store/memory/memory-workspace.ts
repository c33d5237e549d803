// One workspace in memory: its log, its rows and its counters, each readable as of any version that a reader still
// holds. Writers come one at a time, so there is at most one uncommitted version.

import type { Page, RowChange, StoredEvent, StoredHead, StoredRow } from "../store.ts";
import { compareKeys } from "../key-order.ts";
import { SEARCHABLE_PREFIXES } from "../searchable.ts";
import { wordsOfQuery } from "../words.ts";
import { rank } from "../ranking.ts";
import { KeyIndex } from "./key-index.ts";
import { VersionedMap } from "./versioned-map.ts";

/** A moment of a workspace: the version of its rows and the length of its log. */
export type Moment = { readonly version: number; readonly length: number };

type Entry = { readonly event: StoredEvent; readonly minWriter: number };

export class MemoryWorkspace {
  readonly #log: Entry[] = [];
  readonly #index = new KeyIndex();
  readonly #rows = new VersionedMap<string>(this.#index);
  readonly #counters = new VersionedMap<number>();
  readonly #readers = new Map<number, number>();
  readonly #touched = new Set<string>();
  #committed: Moment = { version: 0, length: 0 };

  get committed(): Moment {
    return this.#committed;
  }

  /** Keeps the present moment readable until `release`. */
  hold(): Moment {
    const moment = this.#committed;
    this.#readers.set(moment.version, (this.#readers.get(moment.version) ?? 0) + 1);
    return moment;
  }

  release({ version }: Moment): void {
    const others = (this.#readers.get(version) ?? 0) - 1;
    if (others > 0) this.#readers.set(version, others);
    else {
      this.#readers.delete(version);
      this.#settle();
    }
  }

  headAt({ length }: Moment): StoredHead | null {
    const entry = this.#log[length - 1];
    return entry === undefined
      ? null
      : { sequence: entry.event.sequence, hash: entry.event.hash, minWriter: entry.minWriter };
  }

  eventsAt({ length }: Moment, afterSequence: number, limit: number): StoredEvent[] {
    return this.#log.slice(afterSequence, Math.min(length, afterSequence + limit)).map(({ event }) => event);
  }

  rowAt({ version }: Moment, key: string): string | null {
    return this.#rows.get(key, version);
  }

  pageAt({ version }: Moment, { prefix, after, limit }: Page): StoredRow[] {
    const page: StoredRow[] = [];
    const start = after === undefined || compareKeys(after, prefix) < 0 ? prefix : after;
    for (const key of this.#index.from(start)) {
      if (page.length === limit || !key.startsWith(prefix)) break;
      const bytes = key === after ? null : this.#rows.get(key, version);
      if (bytes !== null) page.push({ key, bytes });
    }
    return page;
  }

  /** Scans every searchable row: a word weighs by how many of them have it, wherever the search looks. */
  searchAt(moment: Moment, prefix: string, query: string, limit: number): StoredRow[] {
    const words = wordsOfQuery(query);
    const all = (start: string): StoredRow[] => this.pageAt(moment, { prefix: start, limit: Infinity });
    const found = words.length === 0 ? all(prefix).reverse() : rank(SEARCHABLE_PREFIXES.flatMap(all), words);
    return found.filter(({ key }) => key.startsWith(prefix)).slice(0, limit);
  }

  counterAt({ version }: Moment, name: string): number {
    return this.#counters.get(name, version) ?? 0;
  }

  countersAt({ version }: Moment): Map<string, number> {
    const counters = new Map<string, number>();
    for (const name of this.#counters.keys()) {
      const value = this.#counters.get(name, version);
      if (value !== null) counters.set(name, value);
    }
    return counters;
  }

  /** Writes as of the next version, unseen until `commit`; returns the moment that holds it. */
  append(next: StoredHead, events: readonly StoredEvent[], rows: readonly RowChange[]): Moment {
    const version = this.#committed.version + 1;
    // Copied: what the caller does to its objects later must not reach the log.
    for (const { sequence, at, type, bytes, hash } of events)
      this.#log.push({ event: { sequence, at, type, bytes, hash }, minWriter: next.minWriter });
    for (const { key, bytes } of rows) {
      this.#touched.add(key);
      this.#rows.set(key, bytes, version);
    }
    return { version, length: this.#log.length };
  }

  /** Sets a counter as of the next version. */
  setCounter(name: string, value: number): Moment {
    const version = this.#committed.version + 1;
    this.#touched.add(name);
    this.#counters.set(name, value, version);
    return { version, length: this.#log.length };
  }

  commit(): void {
    this.#committed = { version: this.#committed.version + 1, length: this.#log.length };
    this.#touched.clear();
    this.#settle();
  }

  rollback(): void {
    const version = this.#committed.version + 1;
    this.#log.length = this.#committed.length;
    this.#rows.revert(version, this.#touched);
    this.#counters.revert(version, this.#touched);
    this.#touched.clear();
  }

  /** With readers of the past, only the end of the oldest one lets anything be forgotten. */
  #settle(): void {
    const floor = Math.min(this.#committed.version, ...this.#readers.keys());
    this.#rows.settle(floor);
    this.#counters.settle(floor);
  }
}
