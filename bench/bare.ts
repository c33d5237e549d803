// What a durable write costs anyone who uses SQLite well: the bytes that a kernel appended, written again by plain
// statements in one transaction, into a file of the same tables and under the same pragmas.

import { DatabaseSync } from "node:sqlite";
import { openSqliteStore } from "../src/store/index.ts";
import type { RowChange, Session, Store, StoredEvent } from "../src/store/index.ts";
import { sessionWith, storeWith } from "../test/support/wrapped-store.ts";

/** All that one command wrote. */
export type Written = { readonly events: readonly StoredEvent[]; readonly rows: readonly RowChange[] };

/** The same store; `onAppend` hears of all that is appended. */
export function watched(store: Store, onAppend: (written: Written) => void): Store {
  const watch = (session: Session): Session =>
    sessionWith(session, {
      append: (expected, next, events, rows) => {
        onAppend({ events, rows });
        return session.append(expected, next, events, rows);
      },
    });
  return storeWith(store, {
    transact: (workspace, work, options) => store.transact(workspace, (session) => work(watch(session)), options),
  });
}

const PRAGMAS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384";
const ADD_EVENT = "INSERT INTO event (position, at, min_writer, type, hash, bytes) VALUES (?, ?, ?, ?, ?, ?)";
const SET_ROW =
  "INSERT INTO state (workspace, key, bytes) VALUES (?, ?, ?) ON CONFLICT (workspace, key) DO UPDATE SET bytes = excluded.bytes";
const DROP_ROW = "DELETE FROM state WHERE workspace = ? AND key = ?";

export type Bare = { readonly commit: (written: Written) => void; readonly close: () => void };

/** SQLite's own checkpoints keep its write-ahead log as short as the store's watch keeps the other. */
export async function openBare(path: string): Promise<Bare> {
  await (await openSqliteStore({ path, create: true })).close();
  const database = new DatabaseSync(path);
  database.exec(PRAGMAS);
  const [begin, end] = [database.prepare("BEGIN IMMEDIATE"), database.prepare("COMMIT")];
  const [add, set, drop] = [ADD_EVENT, SET_ROW, DROP_ROW].map((sql) => database.prepare(sql));
  const commit = ({ events, rows }: Written): void => {
    begin.run();
    for (const { sequence, at, type, bytes, hash } of events) add?.run(sequence, at, 2, type, hash, bytes);
    for (const { key, bytes } of rows)
      if (bytes === null) drop?.run(1, key);
      else set?.run(1, key, bytes);
    end.run();
  };
  return { commit, close: () => database.close() };
}
