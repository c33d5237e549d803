// The tables, as numbered steps that are never changed once released: a schema of any older version is brought to the
// newest one, a newer one is refused. Every key starts with the workspace's id, so that a distributed PostgreSQL can keep
// a workspace in one place. Keys sort by their bytes (COLLATE "C"), whatever the database's language.

import { quoted } from "./statements.ts";

/** Marks the tables as ours. */
export const APPLICATION = "exec-kernel";

export type Migration = { readonly version: number; readonly tables: readonly string[]; readonly sql: string };

/** All steps, in order from 1; `s` is the quoted schema. */
export function migrationsFor(schema: string): readonly Migration[] {
  const s = quoted(schema);
  return [
    {
      version: 1,
      tables: ["identity", "head", "event", "state", "counter", "searchable", "word"],
      // Fill factors: heads and rows are changed in place, without a new entry in an index. Bytes stay in their row, as they
      // are: digests do not compress, and a second table for rows over 2 KB costs a fifth of all the server does.
      sql: `
        CREATE TABLE ${s}.identity (
          only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
          application text NOT NULL,
          schema_version integer NOT NULL,
          single_node boolean NOT NULL
        );
        CREATE TABLE ${s}.head (
          workspace text COLLATE "C" PRIMARY KEY,
          sequence bigint NOT NULL,
          hash text NOT NULL,
          min_writer bigint NOT NULL,
          epoch bigint NOT NULL
        ) WITH (fillfactor = 50);
        CREATE TABLE ${s}.event (
          workspace text COLLATE "C" NOT NULL,
          sequence bigint NOT NULL,
          at bigint NOT NULL,
          type text NOT NULL,
          hash text NOT NULL,
          bytes bytea NOT NULL,
          PRIMARY KEY (workspace, sequence)
        ) WITH (toast_tuple_target = 8160);
        ALTER TABLE ${s}.event ALTER bytes SET STORAGE EXTERNAL;
        CREATE TABLE ${s}.state (
          workspace text COLLATE "C" NOT NULL,
          key text COLLATE "C" NOT NULL,
          bytes bytea NOT NULL,
          PRIMARY KEY (workspace, key)
        ) WITH (fillfactor = 70, toast_tuple_target = 8160);
        ALTER TABLE ${s}.state ALTER bytes SET STORAGE EXTERNAL;
        CREATE TABLE ${s}.counter (
          workspace text COLLATE "C" NOT NULL,
          name text COLLATE "C" NOT NULL,
          value bigint NOT NULL CHECK (value BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}),
          PRIMARY KEY (workspace, name)
        ) WITH (fillfactor = 50);
        CREATE TABLE ${s}.searchable (
          workspace text COLLATE "C" NOT NULL,
          key text COLLATE "C" NOT NULL,
          length bigint NOT NULL,
          PRIMARY KEY (workspace, key)
        );
        CREATE TABLE ${s}.word (
          workspace text COLLATE "C" NOT NULL,
          key text COLLATE "C" NOT NULL,
          word text COLLATE "C" NOT NULL,
          times bigint NOT NULL,
          PRIMARY KEY (workspace, key, word)
        );
        CREATE INDEX word_of ON ${s}.word (workspace, word);
      `,
    },
    checkpointTables(s),
  ];
}

function checkpointTables(s: string): Migration {
  return {
    version: 2,
    tables: ["checkpoint", "checkpoint_part"],
    sql: `
      CREATE TABLE ${s}.checkpoint (
        workspace text COLLATE "C" NOT NULL,
        sequence bigint NOT NULL,
        hash text NOT NULL,
        at bigint NOT NULL,
        row_count bigint NOT NULL,
        rows_hash text NOT NULL,
        parts bigint NOT NULL,
        PRIMARY KEY (workspace, sequence)
      );
      CREATE TABLE ${s}.checkpoint_part (
        workspace text COLLATE "C" NOT NULL,
        sequence bigint NOT NULL,
        part bigint NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (workspace, sequence, part)
      );
    `,
  };
}
