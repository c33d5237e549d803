// Every write of a session, as SQL over the connection that holds the write lock.

import { StoreFault } from "../fault.ts";
import type { RowChange, StoredEvent } from "../store.ts";
import type { Connection } from "./connection.ts";
import { POSITION_SPAN, WORKSPACES_MAX } from "./positions.ts";
import { forgetWords, keepWords } from "./search.ts";

const ADD_EVENT = "INSERT INTO event (position, at, min_writer, type, hash, bytes) VALUES (?, ?, ?, ?, ?, ?)";
const SET_ROW =
  "INSERT INTO state (workspace, key, bytes) VALUES (?, ?, ?) ON CONFLICT (workspace, key) DO UPDATE SET bytes = excluded.bytes";
const DROP_ROW = "DELETE FROM state WHERE workspace = ? AND key = ?";
const SET_COUNTER =
  "INSERT INTO counter (workspace, name, value) VALUES (?, ?, ?) ON CONFLICT (workspace, name) DO UPDATE SET value = excluded.value";

/** Gives a new workspace its number. */
export function addWorkspace(connection: Connection, workspace: string): number {
  const number = connection.integer(connection.first("SELECT coalesce(max(number), 0) + 1 FROM workspace") ?? {}, 0);
  if (number > WORKSPACES_MAX) {
    throw new StoreFault(
      "store.full",
      connection.path,
      `${connection.path} holds ${WORKSPACES_MAX} workspaces, its limit: name another file with --store`,
    );
  }
  connection.run("INSERT INTO workspace (number, id) VALUES (?, ?)", number, workspace);
  return number;
}

export function addEvents(
  connection: Connection,
  number: number,
  minWriter: number,
  events: readonly StoredEvent[],
): void {
  const base = number * POSITION_SPAN;
  for (const { sequence, at, type, bytes, hash } of events)
    connection.run(ADD_EVENT, base + sequence, at, minWriter, type, hash, bytes);
}

export function changeRows(connection: Connection, number: number, rows: readonly RowChange[]): void {
  for (const { key, bytes } of rows) {
    if (bytes === null) {
      forgetWords(connection, number, key);
      connection.run(DROP_ROW, number, key);
    } else {
      connection.run(SET_ROW, number, key, bytes);
      keepWords(connection, number, { key, bytes });
    }
  }
}

export function setCounter(connection: Connection, number: number, name: string, value: number): void {
  connection.run(SET_COUNTER, number, name, value);
}
