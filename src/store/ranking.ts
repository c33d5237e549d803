// The order in which found rows come: BM25 as SQLite's FTS5 computes it, term by term, so that all stores agree. A store
// that keeps its own counts hands them in; others count from the bytes.

import { compareKeys } from "./key-order.ts";
import type { StoredRow } from "./store.ts";
import { wordsOfRow } from "./words.ts";

const K1 = 1.2;
const B = 0.75;
/** What a word weighs that stands in half of all rows or more. */
const WEIGHT_LEAST = 1e-6;

/** One row with its number of words, and how often it has each word of the query. */
export type Counted = { readonly key: string; readonly length: number; readonly counts: readonly number[] };

/** All searchable rows: how many, how many words in all, and how many rows have each word of the query. */
export type Corpus = { readonly rows: number; readonly words: number; readonly having: readonly number[] };

type Ranked = { readonly key: string; readonly score: number };

/** How many words a text of words has of each of the query's. */
function countWords(words: readonly string[], query: readonly string[]): readonly number[] {
  const times = new Map(query.map((word) => [word, 0]));
  for (const word of words) {
    const before = times.get(word);
    if (before !== undefined) times.set(word, before + 1);
  }
  return [...times.values()];
}

/** How much each word of the query weighs: the rarer, the more. */
function weigh({ rows, having }: Corpus): number[] {
  return having.map((count) => {
    const weight = Math.log((rows - count + 0.5) / (count + 0.5));
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
  return b.score - a.score || compareKeys(b.key, a.key);
}

/** The keys of rows that have any word of the query, best first, ties by key descending. */
export function rankCounted(corpus: Corpus, found: readonly Counted[]): string[] {
  const weights = weigh(corpus);
  const meanLength = corpus.words / corpus.rows;
  return found
    .filter(({ counts }) => counts.some((times) => times > 0))
    .map((counted) => ({ key: counted.key, score: score(counted, weights, meanLength) }))
    .sort(best)
    .map(({ key }) => key);
}

/** The rows that have any word of the query, best first, ties by key descending; `rows` are all searchable ones. */
export function rank(rows: readonly StoredRow[], query: readonly string[]): StoredRow[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const all = rows.map(({ key, bytes }) => {
    const words = wordsOfRow(bytes);
    return { key, length: words.length, counts: countWords(words, query) };
  });
  const having = query.map((_, index) => all.filter(({ counts }) => (counts[index] ?? 0) > 0).length);
  const corpus = { rows: all.length, words: all.reduce((sum, { length }) => sum + length, 0), having };
  return rankCounted(corpus, all).flatMap((key) => byKey.get(key) ?? []);
}
