// The commands of one transaction: each is judged over the rows as the ones before it left them, and all are appended
// together. What it shows of the workspace is one moment, decoded.

import type { Judged, Row } from "../../core/index.ts";
import type { RowChange, Session, StoredEvent, StoredHead, View } from "../../store/index.ts";
import { GENESIS, headAfter, seal } from "../chain.ts";
import { checkedRow, decodeRow } from "../codec.ts";
import { forgettingAt, isForgetful } from "./forget.ts";
import type { Forgetting } from "./forget.ts";
import type { RowCache } from "./row-cache.ts";

/** Rows that one command was given, null where there is none. */
export type LoadedRows = Map<string, Row | null>;

export type KeyedRow = { readonly key: string; readonly row: Row };

const FIRST_PAGE = 32;
const PAGE = 500;

/** The order of a store's keys: by their UTF-8 bytes. */
function byBytes(a: KeyedRow, b: KeyedRow): number {
  return Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));
}

export class Batch {
  readonly #view: View;
  readonly #cache: RowCache;
  readonly #found: StoredHead | null;
  readonly #read: LoadedRows = new Map();
  readonly #changed: LoadedRows = new Map();
  readonly #sealed: StoredEvent[] = [];
  readonly #counts = new Map<string, number>();
  #head: StoredHead | null;
  /** The batch before, while its commit is under way: this one begins where that one ends. */
  #before: Batch | null;

  private constructor(view: View, cache: RowCache, found: StoredHead | null, before: Batch | null) {
    this.#view = view;
    this.#cache = cache;
    this.#found = found;
    this.#head = found;
    this.#before = before;
  }

  static async open(view: View, cache: RowCache): Promise<Batch> {
    const found = await view.head();
    cache.open(found);
    return new Batch(view, cache, found, null);
  }

  /**
   * The batch after this one, whose commit is under way: judged on what that will have written, and good only if it did.
   * The view may be of before or after the commit: what this one changed is taken from here.
   */
  next(view: View): Batch {
    return new Batch(view, this.#cache, this.#head, this);
  }

  /** True when the log ends where this batch begins. */
  follows(head: StoredHead | null): boolean {
    return head?.sequence === this.#found?.sequence && head?.hash === this.#found?.hash;
  }

  /** True when the log ends where this batch ends. */
  endsAt(head: StoredHead | null): boolean {
    return head?.sequence === this.#head?.sequence && head?.hash === this.#head?.hash;
  }

  /** The end of the log, what was taken included. */
  get head(): StoredHead | null {
    return this.#head;
  }

  /** Puts the rows under the keys into `rows`. */
  async load(keys: readonly string[], rows: LoadedRows): Promise<void> {
    const missing = this.give(keys, rows);
    if (missing.length === 0) return;
    await this.fetch(missing);
    this.give(missing, rows);
  }

  /** Puts those that are at hand into `rows`, and tells which are not. */
  give(keys: readonly string[], rows: LoadedRows): readonly string[] {
    return keys.filter((key) => {
      const row = this.#known(key);
      if (row !== undefined) rows.set(key, row);
      return row === undefined;
    });
  }

  /** Reads rows from the store, in one question. */
  async fetch(keys: readonly string[]): Promise<void> {
    const found = await this.#view.load(keys);
    for (const [index, key] of keys.entries()) {
      const bytes = found[index] ?? null;
      this.#read.set(key, bytes === null ? null : decodeRow(bytes, key));
    }
  }

  async row(key: string): Promise<Row | null> {
    const rows: LoadedRows = new Map();
    await this.load([key], rows);
    return rows.get(key) ?? null;
  }

  /** An event that was taken into this batch. */
  taken(sequence: number): StoredEvent | null {
    return this.#sealed[sequence - (this.#found?.sequence ?? 0) - 1] ?? null;
  }

  async event(sequence: number): Promise<StoredEvent | null> {
    return this.taken(sequence) ?? this.#before?.taken(sequence) ?? this.#view.event(sequence);
  }

  /** Every row under the prefix in the order of the keys, what was taken included; short pages first. */
  async *under(prefix: string): AsyncGenerator<KeyedRow> {
    const added = this.#addedUnder(prefix);
    let next = added.next();
    for await (const stored of this.#storedUnder(prefix)) {
      for (; next.done !== true && byBytes(next.value, stored) < 0; next = added.next()) yield next.value;
      if (!this.#isChanged(stored.key)) yield stored;
    }
    for (; next.done !== true; next = added.next()) yield next.value;
  }

  /** Makes a judged command part of the transaction: the next one is judged after it. */
  take({ events, changed }: Pick<Judged, "events" | "changed">): void {
    const sealed = seal(events, this.#head?.hash ?? GENESIS);
    this.#head = headAfter(sealed, this.#head);
    this.#sealed.push(...sealed);
    for (const [key, row] of changed) this.#changed.set(key, row);
  }

  /** Adds to a counter outside the fold. */
  count(name: string, by: number): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  /**
   * Writes all that was taken; a row that many commands changed is written once. INVARIANT: what one run of a transaction
   * writes is what the next one would: a commit that is lost on its way is written again.
   */
  async write(session: Session): Promise<void> {
    const last = this.#sealed.at(-1);
    const counts: (readonly [name: string, by: number])[] = [...this.#counts];
    if (last !== undefined && isForgetful(this.#found?.sequence ?? 0, last.sequence))
      counts.push(...(await this.#forget(session, last.at)));
    for (const [name, by] of counts) await session.count(name, by);
    if (this.#head === null || last === undefined) return;
    const rows: RowChange[] = [];
    for (const [key, row] of this.#changed) rows.push({ key, bytes: row === null ? null : checkedRow(key, row) });
    await session.append(this.#found, this.#head, this.#sealed, rows);
  }

  /** Rows whose time is over go with what is written, but for those that are written anew; what that adds to counters. */
  async #forget(session: Session, at: number): Promise<Forgetting["counts"]> {
    const { keys, counts } = await forgettingAt(session, at);
    for (const key of keys) if (!this.#changed.has(key)) this.#changed.set(key, null);
    return counts;
  }

  /** After the commit, and not before: what was read and written holds until somebody else writes. */
  remember(): void {
    this.#before = null;
    this.#cache.open(this.#found);
    this.#cache.keep(this.#head, this.#read, this.#changed);
  }

  #known(key: string): Row | null | undefined {
    const changed = this.#changed.get(key);
    if (changed !== undefined) return changed;
    const read = this.#read.get(key);
    if (read !== undefined) return read;
    return this.#before === null ? this.#cache.get(key) : this.#before.#known(key);
  }

  #isChanged(key: string): boolean {
    return this.#changed.has(key) || (this.#before !== null && this.#before.#isChanged(key));
  }

  /** What this batch and the one before it have changed, the latest of each. */
  *#changes(): IterableIterator<readonly [string, Row | null]> {
    yield* this.#changed;
    if (this.#before === null) return;
    for (const [key, row] of this.#before.#changes()) if (!this.#changed.has(key)) yield [key, row];
  }

  #addedUnder(prefix: string): IterableIterator<KeyedRow> {
    const added: KeyedRow[] = [];
    for (const [key, row] of this.#changes()) if (row !== null && key.startsWith(prefix)) added.push({ key, row });
    return added.sort(byBytes).values();
  }

  async *#storedUnder(prefix: string): AsyncGenerator<KeyedRow> {
    let after: string | undefined;
    for (let limit = FIRST_PAGE; ; limit = PAGE) {
      const page = await this.#view.rows({ prefix, limit, ...(after === undefined ? {} : { after }) });
      for (const { key, bytes } of page) yield { key, row: decodeRow(bytes, key) };
      after = page.at(-1)?.key;
      if (page.length < limit) return;
    }
  }
}
