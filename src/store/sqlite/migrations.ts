// The schema, as numbered steps that are never changed once released: a file of any older version is brought to the
// newest one, a newer one is refused. Schema changes expand first and contract in a later release.
//
// Shape for speed, measured: every command dirties as few pages as can be. Events go to the end of a table whose integer
// key is workspace number * 2^40 + sequence, and the newest event is the head, so no head row is written. Rows have an
// integer key of their own and a unique index: rows made together lie together, and an update touches no index (12%
// faster than WITHOUT ROWID). Short columns stand before `bytes`, so that reading a head touches no overflow page.

import type { Connection } from "./connection.ts";
import { WORKSPACES_MAX } from "./positions.ts";
import { indexAllRows } from "./search.ts";

/** Marks a file as ours, in its header: "EXK1". */
export const APPLICATION_ID = 0x45584b31;

/** `fill` brings what the file holds already into what `sql` made, in the same transaction. */
export type Migration = {
  readonly version: number;
  readonly sql: string;
  readonly fill?: (connection: Connection) => void;
};

/** All steps, in order from 1. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE workspace (
        number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND ${WORKSPACES_MAX}),
        id TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE TABLE event (
        position INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        min_writer INTEGER NOT NULL,
        type TEXT NOT NULL,
        hash TEXT NOT NULL,
        bytes TEXT NOT NULL
      ) STRICT;
      CREATE TABLE state (
        number INTEGER PRIMARY KEY,
        workspace INTEGER NOT NULL,
        key TEXT NOT NULL,
        bytes TEXT NOT NULL,
        UNIQUE (workspace, key)
      ) STRICT;
      CREATE TABLE counter (
        workspace INTEGER NOT NULL,
        name TEXT NOT NULL,
        value INTEGER NOT NULL,
        PRIMARY KEY (workspace, name)
      ) WITHOUT ROWID, STRICT;
    `,
  },
  {
    version: 2,
    sql: "CREATE VIRTUAL TABLE search USING fts5 (key UNINDEXED, words, tokenize = 'ascii')",
    fill: indexAllRows,
  },
  {
    version: 3,
    sql: `
      CREATE TABLE checkpoint (
        workspace INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        hash TEXT NOT NULL,
        at INTEGER NOT NULL,
        row_count INTEGER NOT NULL,
        rows_hash TEXT NOT NULL,
        parts INTEGER NOT NULL,
        PRIMARY KEY (workspace, sequence)
      ) WITHOUT ROWID, STRICT;
      CREATE TABLE checkpoint_part (
        number INTEGER PRIMARY KEY,
        workspace INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        part INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        UNIQUE (workspace, sequence, part)
      ) STRICT;
    `,
  },
];

/** The schema version that this code reads and writes. */
export const SCHEMA_VERSION: number = MIGRATIONS.length;
