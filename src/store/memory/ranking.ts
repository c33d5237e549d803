// The order in which found rows come: BM25 as SQLite's FTS5 computes it, term by term, so that both stores agree.

import { compareKeys } from "../key-order.ts";
import type { StoredRow } from "../store.ts";
import { wordsOfRow } from "../words.ts";

const K1 = 1.2;
const B = 0.75;
/** What a word weighs that stands in half of all rows or more. */
const WEIGHT_LEAST = 1e-6;

/** One row with its number of words, and how often it has each word of the query. */
type Counted = { readonly row: StoredRow; readonly length: number; readonly counts: readonly number[] };

type Ranked = { readonly row: StoredRow; readonly score: number };

function count(row: StoredRow, query: readonly string[]): Counted {
  const words = wordsOfRow(row.bytes);
  const times = new Map(query.map((word) => [word, 0]));
  for (const word of words) {
    const before = times.get(word);
    if (before !== undefined) times.set(word, before + 1);
  }
  return { row, length: words.length, counts: [...times.values()] };
}

/** How much each word of the query weighs: the rarer, the more. */
function weigh(all: readonly Counted[], query: readonly string[]): number[] {
  return query.map((_, index) => {
    const having = all.filter(({ counts }) => (counts[index] ?? 0) > 0).length;
    const weight = Math.log((all.length - having + 0.5) / (having + 0.5));
    return weight > 0 ? weight : WEIGHT_LEAST;
  });
}

function score({ length, counts }: Counted, weights: readonly number[], meanLength: number): number {
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    const times = counts[index] ?? 0;
    sum += weight * ((times * (K1 + 1)) / (times + K1 * (1 - B + (B * length) / meanLength)));
  }
  return sum;
}

function best(a: Ranked, b: Ranked): number {
  return b.score - a.score || compareKeys(b.row.key, a.row.key);
}

/** The rows that have any word of the query, best first, ties by key descending. */
export function rank(rows: readonly StoredRow[], query: readonly string[]): StoredRow[] {
  const all = rows.map((row) => count(row, query));
  const weights = weigh(all, query);
  const meanLength = all.reduce((sum, { length }) => sum + length, 0) / all.length;
  return all
    .filter(({ counts }) => counts.some((times) => times > 0))
    .map((counted) => ({ row: counted.row, score: score(counted, weights, meanLength) }))
    .sort(best)
    .map(({ row }) => row);
}
