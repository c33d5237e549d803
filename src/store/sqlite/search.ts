// The index of words, an FTS5 table that is written in the transaction that writes the row. It is given the words that
// words.ts found, one space between them; its own "ascii" tokeniser parts them there and nowhere else. A row stands in it
// under workspace number * 2^40 + the row's own number: the rows of one workspace lie together. How much a word weighs is
// counted over the whole file.

import { prefixEnd } from "../key-order.ts";
import { isSearchable, SEARCHABLE_PREFIXES } from "../searchable.ts";
import type { StoredRow } from "../store.ts";
import { wordsOfQuery, wordsOfRow } from "../words.ts";
import type { Connection } from "./connection.ts";
import { POSITION_SPAN } from "./positions.ts";
import { readRows } from "./reads.ts";

const KEEP =
  "INSERT OR REPLACE INTO search (rowid, key, words) SELECT ? + number, key, ? FROM state WHERE workspace = ? AND key = ?";
const FORGET = "DELETE FROM search WHERE rowid = (SELECT ? + number FROM state WHERE workspace = ? AND key = ?)";
// Keys alone: the bytes of a thousand matches are not carried through the sort.
const FIND = `
  SELECT key FROM search WHERE search MATCH ? AND rowid > ? AND rowid < ? AND key >= ? AND key < ?
  ORDER BY bm25(search), key DESC LIMIT ?`;
const NEWEST = "SELECT key FROM state WHERE workspace = ? AND key >= ? AND key < ? ORDER BY key DESC LIMIT ?";
const UNINDEXED = `
  SELECT workspace.number, state.key, state.bytes FROM workspace CROSS JOIN state ON state.workspace = workspace.number
  WHERE state.key >= ? AND state.key < ?`;

/** Before a row is deleted: its words go first, they are found by its number. */
export function forgetWords(connection: Connection, number: number, key: string): void {
  if (isSearchable(key)) connection.run(FORGET, number * POSITION_SPAN, number, key);
}

/** After a row was written. */
export function keepWords(connection: Connection, number: number, { key, bytes }: StoredRow): void {
  if (isSearchable(key)) connection.run(KEEP, number * POSITION_SPAN, wordsOfRow(bytes).join(" "), number, key);
}

/** For a file that had rows before it had the index. */
export function indexAllRows(connection: Connection): void {
  for (const prefix of SEARCHABLE_PREFIXES) {
    for (const columns of connection.all(UNINDEXED, prefix, prefixEnd(prefix))) {
      const row = { key: connection.text(columns, 1), bytes: connection.text(columns, 2) };
      keepWords(connection, connection.integer(columns, 0), row);
    }
  }
}

/** INVARIANT: the query reaches FTS5 as quoted words of letters, digits and marks, so nothing in it is an operator. */
function matchOf(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(" OR ");
}

/** The rows under the prefix that have any word of the query, best first; without a word the last keys first. */
export function searchRows(
  connection: Connection,
  number: number,
  prefix: string,
  query: string,
  limit: number,
): StoredRow[] {
  const words = wordsOfQuery(query);
  const base = number * POSITION_SPAN;
  const end = prefixEnd(prefix);
  const found =
    words.length === 0
      ? connection.all(NEWEST, number, prefix, end, limit)
      : connection.all(FIND, matchOf(words), base, base + POSITION_SPAN, prefix, end, limit);
  const keys = found.map((columns) => connection.text(columns, 0));
  const rows = readRows(connection, number, keys);
  // A program of the first schema, which knew no index, may have deleted a row that is still in it.
  return keys.flatMap((key, index) => {
    const bytes = rows[index] ?? null;
    return bytes === null ? [] : [{ key, bytes }];
  });
}
