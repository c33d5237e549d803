// What every store demands of its caller, checked before anything is written. All of it guards the log: a gap, a wrong
// hash or a text that does not come back as it was would surface years later as a broken chain.

import { StoreDefect } from "./fault.ts";
import { isSearchable, SEARCHABLE_PREFIXES } from "./searchable.ts";
import type { Page, RowChange, StoredCheckpoint, StoredEvent, StoredHead } from "./store.ts";

/** Sequences run from 1 to this. SQLite keeps workspace number and sequence in one 53-bit integer. */
const SEQUENCE_MAX: number = 2 ** 40 - 1;

const WORKSPACE_CHARS_MAX = 512;
const KEY_CHARS_MAX = 2_048;
const BYTES_CHARS_MAX = 4_194_304;
const HASH_CHARS = 64;
const QUERY_CHARS_MAX = 1_000;
const FOUND_MAX = 100;

// Words are put together only when something is wrong: these checks run at every command.

function checkText(text: string, charsMax: number, what: string, place: number | "" = ""): void {
  if (text.length > charsMax) throw new StoreDefect(`${what}${place} has ${text.length} characters, limit ${charsMax}`);
  if (!text.isWellFormed() || text.includes("\0"))
    throw new StoreDefect(`${what}${place} has a lone surrogate or NUL and would not come back as it is`);
}

function checkName(name: string, charsMax: number, what: string, place: number | "" = ""): void {
  if (name === "") throw new StoreDefect(`${what}${place} is empty`);
  checkText(name, charsMax, what, place);
}

function checkInteger(value: number, least: number, what: string, place: number | "" = ""): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new StoreDefect(`${what}${place} is ${value}, not a whole number from ${least}`);
}

/** A workspace id has 1 to 512 characters. */
export function checkWorkspace(workspace: string): void {
  checkName(workspace, WORKSPACE_CHARS_MAX, "workspace id");
}

/** Keys that are looked up; an empty one is never found. */
export function checkKeys(keys: readonly string[]): void {
  for (const key of keys) checkText(key, KEY_CHARS_MAX, "key");
}

/** A page of keys: a limit of 0 is an empty page. */
export function checkPage({ prefix, after = "", limit }: Page): void {
  checkText(prefix, KEY_CHARS_MAX, "prefix");
  checkText(after, KEY_CHARS_MAX, "key to start after");
  checkInteger(limit, 0, "limit");
}

/** A search under a searchable prefix, at most 1,000 characters long, for at most 100 rows; any query is a plain text. */
export function checkSearch(prefix: string, query: string, limit: number): void {
  checkText(prefix, KEY_CHARS_MAX, "prefix");
  if (!isSearchable(prefix))
    throw new StoreDefect(`rows under "${prefix}" are not searchable, only under ${SEARCHABLE_PREFIXES.join(", ")}`);
  if (query.length > QUERY_CHARS_MAX)
    throw new StoreDefect(`query has ${query.length} characters, limit ${QUERY_CHARS_MAX}`);
  checkInteger(limit, 0, "limit");
  if (limit > FOUND_MAX) throw new StoreDefect(`limit is ${limit}, at most ${FOUND_MAX} rows are found at once`);
}

/** One event that is looked up; there is none at 0. */
export function checkSequence(sequence: number): void {
  checkInteger(sequence, 0, "sequence");
}

/** A range of events. */
export function checkRange(afterSequence: number, limit: number): void {
  checkInteger(afterSequence, 0, "sequence to start after");
  checkInteger(limit, 0, "limit");
}

/** The sum of a counter after `by` is added. */
export function countedTo(name: string, before: number, by: number): number {
  checkName(name, KEY_CHARS_MAX, "counter name");
  const sum = before + by;
  if (!Number.isSafeInteger(by) || !Number.isSafeInteger(sum))
    throw new StoreDefect(`counter ${before} + ${by} is not a safe whole number`);
  return sum;
}

function isHash(hash: string): boolean {
  return hash.length === HASH_CHARS && /^[0-9a-f]+$/.test(hash);
}

function checkEvent(event: StoredEvent, sequence: number): void {
  if (event.sequence !== sequence) throw new StoreDefect(`event ${event.sequence} stands where ${sequence} follows`);
  if (!isHash(event.hash)) throw new StoreDefect(`event ${sequence} has no hash of 64 lower-case hex digits`);
  checkInteger(event.at, 0, "time of event ", sequence);
  checkName(event.type, KEY_CHARS_MAX, "type of event ", sequence);
  checkText(event.bytes, BYTES_CHARS_MAX, "event ", sequence);
}

function checkRows(rows: readonly RowChange[]): void {
  const seen = new Set<string>();
  for (const { key, bytes } of rows) {
    checkName(key, KEY_CHARS_MAX, "row key");
    if (bytes !== null) checkText(bytes, BYTES_CHARS_MAX, "row");
    seen.add(key);
  }
  if (seen.size !== rows.length)
    throw new StoreDefect(`${rows.length - seen.size} rows are changed twice in one append`);
}

/** An append that follows `expected` without a gap, ends at `next` and changes no row twice; rows never change alone. */
export function checkAppend(
  expected: StoredHead | null,
  next: StoredHead,
  events: readonly StoredEvent[],
  rows: readonly RowChange[],
): void {
  let sequence = expected?.sequence ?? 0;
  for (const event of events) checkEvent(event, (sequence += 1));
  const last = events.at(-1);
  if (last === undefined) throw new StoreDefect("an append needs at least one event");
  if (sequence > SEQUENCE_MAX) throw new StoreDefect(`sequence ${sequence} is over ${SEQUENCE_MAX}`);
  if (next.sequence !== sequence || next.hash !== last.hash)
    throw new StoreDefect(`next head ${next.sequence} is not the last event, ${sequence}`);
  checkInteger(next.minWriter, 0, "minWriter");
  checkRows(rows);
}

/** The place of a part of a checkpoint. */
export function checkPart(sequence: number, part: number): void {
  checkInteger(sequence, 1, "sequence of a checkpoint");
  checkInteger(part, 0, "part of a checkpoint");
}

/** A header with whole numbers and two hashes. */
export function checkCheckpoint({ sequence, hash, at, rows, rowsHash, parts }: StoredCheckpoint): void {
  checkPart(sequence, parts);
  checkInteger(at, 0, "time of a checkpoint");
  checkInteger(rows, 0, "rows of a checkpoint");
  if (!isHash(hash) || !isHash(rowsHash))
    throw new StoreDefect(`checkpoint ${sequence} has no hashes of 64 lower-case hex digits`);
}

/** Snapshots that are kept; headers are kept for ever. */
export const SNAPSHOTS_KEPT = 2;

/** True when both are the same end of the same log. */
export function sameHead(a: StoredHead | null, b: StoredHead | null): boolean {
  if (a === null || b === null) return a === b;
  return a.sequence === b.sequence && a.hash === b.hash && a.minWriter === b.minWriter;
}
