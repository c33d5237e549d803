// Every question a view asks, as SQL over one connection. Workspace number 0 is no workspace: all is empty there.

import type { Page, StoredEvent, StoredHead, StoredRow, StoreFacts } from "../store.ts";
import { compareKeys, prefixEnd } from "../key-order.ts";
import type { Columns, Connection } from "./connection.ts";
import { POSITION_SPAN } from "./positions.ts";

const EVENT_COLUMNS = "SELECT position, at, type, bytes, hash FROM event";
const PAGE_FROM = "SELECT key, bytes FROM state WHERE workspace = ? AND key >= ? AND key < ? ORDER BY key LIMIT ?";
const PAGE_AFTER = "SELECT key, bytes FROM state WHERE workspace = ? AND key > ? AND key < ? ORDER BY key LIMIT ?";

const ROW = "SELECT bytes FROM state WHERE workspace = ? AND key = ?";
// The keys as one JSON array: a key without a row costs a seek in the index and nothing else.
const ROWS = `
  SELECT wanted.key, state.bytes FROM json_each(?) AS wanted
  CROSS JOIN state ON state.workspace = ? AND state.key = wanted.value`;

/** Up to so many keys, one question each is faster than an array of them. */
const FEW_KEYS = 3;

// SQLite sorts every blob after every text: the upper end of a range that has none.
const NO_END = new Uint8Array();

/** The number of a workspace; 0 when it has none yet. */
export function readNumber(connection: Connection, workspace: string): number {
  const columns = connection.first("SELECT number FROM workspace WHERE id = ?", workspace);
  return columns === null ? 0 : connection.integer(columns, 0);
}

/** The newest event is the head: no row of its own is written for it. */
export function readHead(connection: Connection, number: number): StoredHead | null {
  const base = number * POSITION_SPAN;
  const sql =
    "SELECT position, hash, min_writer FROM event WHERE position > ? AND position < ? ORDER BY position DESC LIMIT 1";
  const columns = connection.first(sql, base, base + POSITION_SPAN);
  if (columns === null) return null;
  return {
    sequence: connection.integer(columns, 0) - base,
    hash: connection.text(columns, 1),
    minWriter: connection.integer(columns, 2),
  };
}

function readRow(connection: Connection, number: number, key: string): string | null {
  const columns = connection.first(ROW, number, key);
  return columns === null ? null : connection.text(columns, 0);
}

/** The rows under the keys, in the order of the keys; most keys of a command have no row. */
export function readRows(connection: Connection, number: number, keys: readonly string[]): (string | null)[] {
  if (keys.length <= FEW_KEYS) return keys.map((key) => readRow(connection, number, key));
  const rows = keys.map((): string | null => null);
  for (const columns of connection.all(ROWS, JSON.stringify(keys), number))
    rows[connection.integer(columns, 0)] = connection.text(columns, 1);
  return rows;
}

function toEvent(connection: Connection, base: number, columns: Columns): StoredEvent {
  return {
    sequence: connection.integer(columns, 0) - base,
    at: connection.integer(columns, 1),
    type: connection.text(columns, 2),
    bytes: connection.text(columns, 3),
    hash: connection.text(columns, 4),
  };
}

export function readEvents(
  connection: Connection,
  number: number,
  afterSequence: number,
  limit: number,
): StoredEvent[] {
  const base = number * POSITION_SPAN;
  const sql = `${EVENT_COLUMNS} WHERE position > ? AND position < ? ORDER BY position LIMIT ?`;
  return connection
    .all(sql, base + afterSequence, base + POSITION_SPAN, limit)
    .map((columns) => toEvent(connection, base, columns));
}

export function readEvent(connection: Connection, number: number, sequence: number): StoredEvent | null {
  if (sequence < 1 || sequence >= POSITION_SPAN) return null;
  const base = number * POSITION_SPAN;
  const columns = connection.first(`${EVENT_COLUMNS} WHERE position = ?`, base + sequence);
  return columns === null ? null : toEvent(connection, base, columns);
}

export function readPage(connection: Connection, number: number, { prefix, after, limit }: Page): StoredRow[] {
  const within = after !== undefined && compareKeys(after, prefix) >= 0;
  const found = connection.all(
    within ? PAGE_AFTER : PAGE_FROM,
    number,
    within ? after : prefix,
    prefixEnd(prefix) ?? NO_END,
    limit,
  );
  return found.map((columns) => ({ key: connection.text(columns, 0), bytes: connection.text(columns, 1) }));
}

export function readCounters(connection: Connection, number: number): Map<string, number> {
  const found = connection.all("SELECT name, value FROM counter WHERE workspace = ?", number);
  return new Map(found.map((columns) => [connection.text(columns, 0), connection.integer(columns, 1)]));
}

export function readCounter(connection: Connection, number: number, name: string): number {
  const columns = connection.first("SELECT value FROM counter WHERE workspace = ? AND name = ?", number, name);
  return columns === null ? 0 : connection.integer(columns, 0);
}

/** The ids of the workspaces that have a log, in binary order. */
export function readWorkspaces(connection: Connection): string[] {
  const found = connection.all("SELECT number, id FROM workspace ORDER BY id");
  return found
    .filter((columns) => readHead(connection, connection.integer(columns, 0)) !== null)
    .map((columns) => connection.text(columns, 1));
}

const SYNCHRONOUS = ["off", "normal", "full", "extra"] as const;

/** How the file and this connection are set up. */
export function readSettings(
  connection: Connection,
): Pick<StoreFacts, "schemaVersion" | "pageBytes" | "journalMode" | "synchronous"> {
  const ask = (pragma: string): Columns => connection.first(`PRAGMA ${pragma}`) ?? {};
  return {
    schemaVersion: connection.integer(ask("user_version"), 0),
    pageBytes: connection.integer(ask("page_size"), 0),
    journalMode: connection.text(ask("journal_mode"), 0),
    synchronous: SYNCHRONOUS[connection.integer(ask("synchronous"), 0)] ?? "unknown",
  };
}
