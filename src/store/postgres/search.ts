// Finds rows by their words. The words that words.ts found in each searchable row are kept in a table of their own, with
// how often they stand there; which rows have a word, and how rare it is, is counted by the server, the order is made
// here, by the one formula of all stores. How much a word weighs is counted over the workspace.

import { createHash } from "node:crypto";
import { isSearchable } from "../searchable.ts";
import { rankCounted, type Corpus, type Counted } from "../ranking.ts";
import type { RowChange, StoredRow } from "../store.ts";
import { wordsOfQuery, wordsOfRow } from "../words.ts";
import { integerAt, textAt } from "./columns.ts";
import type { Ask, Question } from "./connection.ts";
import type { Reads } from "./reads.ts";
import { quoted } from "./statements.ts";
import { texts } from "./wire-arrays.ts";

/** Longer words are kept as their digest: an index entry has its limit. No word has a "#". */
const WORD_CHARS_MAX = 100;

function stored(word: string): string {
  return word.length <= WORD_CHARS_MAX ? word : `#${createHash("sha256").update(word).digest("hex")}`;
}

/** What the index keeps of a row: its number of words, and how often it has each. */
export type Indexed = { readonly length: number; readonly times: ReadonlyMap<string, number> };

/** The words of a row that is changed; null for one that is deleted; undefined for one that is not searchable. */
export function indexedOf({ key, bytes }: RowChange): Indexed | null | undefined {
  if (!isSearchable(key)) return undefined;
  if (bytes === null) return null;
  const times = new Map<string, number>();
  const words = wordsOfRow(bytes);
  for (const word of words.map(stored)) times.set(word, (times.get(word) ?? 0) + 1);
  return { length: words.length, times };
}

/** A search of one schema. */
export class Search {
  readonly #reads: Reads;
  readonly #corpus: Question;
  readonly #having: Question;
  readonly #found: Question;

  constructor(schema: string, reads: Reads) {
    const s = quoted(schema);
    this.#reads = reads;
    this.#corpus = {
      name: "corpus",
      text: `SELECT count(*), coalesce(sum(length), 0)::bigint FROM ${s}.searchable WHERE workspace = $1`,
    };
    this.#having = {
      name: "having",
      text: `SELECT word, count(*) FROM ${s}.word WHERE workspace = $1 AND word = ANY ($2::text[]) GROUP BY word`,
    };
    this.#found = {
      name: "found",
      text: `
        SELECT word.key, word.word, word.times, searchable.length
        FROM ${s}.word JOIN ${s}.searchable ON searchable.workspace = word.workspace AND searchable.key = word.key
        WHERE word.workspace = $1 AND word.word = ANY ($2::text[]) AND starts_with(word.key, $3)`,
    };
  }

  /** The rows under the prefix that have any word of the query, best first; without a word the last keys first. */
  async rows(ask: Ask, workspace: string, prefix: string, query: string, limit: number): Promise<StoredRow[]> {
    const words = wordsOfQuery(query).map(stored);
    if (words.length === 0) return await this.#reads.lastRows(ask, workspace, prefix, limit);
    const keys = rankCounted(
      await this.#corpusOf(ask, workspace, words),
      await this.#counted(ask, workspace, prefix, words),
    ).slice(0, limit);
    const bytes = await this.#reads.rows(ask, workspace, keys);
    return keys.flatMap((key, index) => {
      const found = bytes[index] ?? null;
      return found === null ? [] : [{ key, bytes: found }];
    });
  }

  async #corpusOf(ask: Ask, workspace: string, words: readonly string[]): Promise<Corpus> {
    const [all] = await ask(this.#corpus, [workspace]);
    const counts = await ask(this.#having, [workspace, texts(words)]);
    const having = new Map(counts.map((columns) => [textAt(columns, 0), integerAt(columns, 1)]));
    return {
      rows: integerAt(all, 0),
      words: integerAt(all, 1),
      having: words.map((word) => having.get(word) ?? 0),
    };
  }

  async #counted(ask: Ask, workspace: string, prefix: string, words: readonly string[]): Promise<Counted[]> {
    const found = await ask(this.#found, [workspace, texts(words), prefix]);
    const places = new Map(words.map((word, index) => [word, index]));
    const byKey = new Map<string, { key: string; length: number; counts: number[] }>();
    for (const columns of found) {
      const key = textAt(columns, 0);
      const one = byKey.get(key) ?? { key, length: integerAt(columns, 3), counts: words.map(() => 0) };
      one.counts[places.get(textAt(columns, 1)) ?? 0] = integerAt(columns, 2);
      byKey.set(key, one);
    }
    return [...byKey.values()];
  }
}
