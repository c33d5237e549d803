// Writes what the works of any number of workspaces have gathered, in one statement: see statements.ts.

import { compareKeys } from "../key-order.ts";
import type { RowChange, StoredEvent, StoredHead } from "../store.ts";
import { integerAt } from "./columns.ts";
import type { Ask, Value } from "./connection.ts";
import type { KnownHead } from "./reads.ts";
import { indexedOf, type Indexed } from "./search.ts";
import type { Statements } from "./statements.ts";
import { byteas, int4s, int8s, texts } from "./wire-arrays.ts";

/** What a session appended, copied. */
export type Append = {
  readonly next: StoredHead;
  readonly events: readonly StoredEvent[];
  readonly rows: readonly RowChange[];
};

/** All that one work wrote; without an append, it is won when the head is still the known one. */
export type Entry = {
  readonly workspace: string;
  readonly known: KnownHead;
  readonly append: Append | null;
  readonly counts: ReadonlyMap<string, number>;
};

/** What became of an entry: the epoch its head has now, or null when the head was not the expected one. */
export type Fate = { readonly epoch: number } | null;

const NO_HEAD: StoredHead = { sequence: 0, hash: "", minWriter: 0 };

/** A line of a list that belongs to the entry of this number, from 1. */
type Of<T> = T & { readonly n: number };

function each<T>(entries: readonly Entry[], of: (entry: Entry) => readonly T[]): Of<T>[] {
  return entries.flatMap((entry, index) => of(entry).map((one) => ({ ...one, n: index + 1 })));
}

function askedValues(entries: readonly Entry[]): Value[] {
  const before = entries.map(({ known }) => known.head ?? NO_HEAD);
  const after = entries.map(({ known, append }) => append?.next ?? known.head ?? NO_HEAD);
  return [
    texts(entries.map(({ workspace }) => workspace)),
    int8s(before.map(({ sequence }) => sequence)),
    texts(before.map(({ hash }) => hash)),
    int8s(before.map(({ minWriter }) => minWriter)),
    int8s(entries.map(({ known }) => known.epoch)),
    int8s(after.map(({ sequence }) => sequence)),
    texts(after.map(({ hash }) => hash)),
    int8s(after.map(({ minWriter }) => minWriter)),
  ];
}

function eventValues(entries: readonly Entry[]): Value[] {
  const events = each(entries, ({ append }) => append?.events ?? []);
  return [
    int4s(events.map(({ n }) => n)),
    int8s(events.map(({ sequence }) => sequence)),
    int8s(events.map(({ at }) => at)),
    texts(events.map(({ type }) => type)),
    texts(events.map(({ hash }) => hash)),
    byteas(events.map(({ bytes }) => bytes)),
  ];
}

function rowValues(rows: readonly Of<RowChange>[]): Value[] {
  const kept = rows.flatMap(({ n, key, bytes }) => (bytes === null ? [] : [{ n, key, bytes }]));
  const gone = rows.filter(({ bytes }) => bytes === null);
  return [
    int4s(kept.map(({ n }) => n)),
    texts(kept.map(({ key }) => key)),
    byteas(kept.map(({ bytes }) => bytes)),
    int4s(gone.map(({ n }) => n)),
    texts(gone.map(({ key }) => key)),
  ];
}

/** Sorted by name, so that two servers that only count take the rows' locks in one order. */
function countValues(entries: readonly Entry[]): Value[] {
  const counts = each(entries, (entry) =>
    [...entry.counts].sort(([a], [b]) => compareKeys(a, b)).map(([name, by]) => ({ name, by })),
  );
  return [int4s(counts.map(({ n }) => n)), texts(counts.map(({ name }) => name)), int8s(counts.map(({ by }) => by))];
}

type Changed = { readonly n: number; readonly key: string; readonly indexed: Indexed | null };

function changedWords(rows: readonly Of<RowChange>[]): Changed[] {
  return rows.flatMap((row) => {
    const indexed = indexedOf(row);
    return indexed === undefined ? [] : [{ n: row.n, key: row.key, indexed }];
  });
}

function wordValues(changed: readonly Changed[]): Value[] {
  const kept = changed.flatMap(({ n, key, indexed }) => (indexed === null ? [] : [{ n, key, indexed }]));
  const words = kept.flatMap(({ n, key, indexed }) =>
    [...indexed.times].map(([word, times]) => ({ n, key, word, times })),
  );
  return [
    int4s(changed.map(({ n }) => n)),
    texts(changed.map(({ key }) => key)),
    int4s(kept.map(({ n }) => n)),
    texts(kept.map(({ key }) => key)),
    int8s(kept.map(({ indexed }) => indexed.length)),
    int4s(words.map(({ n }) => n)),
    texts(words.map(({ key }) => key)),
    texts(words.map(({ word }) => word)),
    int8s(words.map(({ times }) => times)),
  ];
}

/** Writes the entries, at most one a workspace; those whose head was not the expected one write nothing. */
export async function flush(ask: Ask, statements: Statements, entries: readonly Entry[]): Promise<Fate[]> {
  const rows = each(entries, ({ append }) => append?.rows ?? []);
  const changed = changedWords(rows);
  const values = [...askedValues(entries), ...eventValues(entries), ...rowValues(rows), ...countValues(entries)];
  const found =
    changed.length === 0
      ? await ask(statements.flush, values)
      : await ask(statements.flushWithWords, [...values, ...wordValues(changed)]);
  const won = new Set(found.map((columns) => integerAt(columns, 0)));
  return entries.map(({ known }, index) => (won.has(index + 1) ? { epoch: known.epoch } : null));
}
