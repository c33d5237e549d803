// What `doctor` tells of the server.

import type { StoreFacts } from "../store.ts";
import { integerAt, textAt } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { readDurability } from "./durability.ts";
import type { Identity } from "./schema.ts";

const SERVER = `
  SELECT current_setting('server_version'), current_setting('block_size'),
    (SELECT coalesce(sum(pg_total_relation_size(class.oid)), 0)::bigint FROM pg_class AS class
      JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
      WHERE namespace.nspname = $1 AND class.relkind IN ('r', 'p'))`;

const CHECKSUMS = "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()";

/** Pages of the database whose checksum was wrong when they were read: the server finds and counts them itself. */
export async function readChecksumFailures(connection: Connection): Promise<readonly string[]> {
  const [columns] = await connection.ask({ text: CHECKSUMS }, []);
  const failures = columns === undefined ? 0 : integerAt(columns, 0);
  return failures === 0 ? [] : [`${failures} pages of the database failed their checksum: see the server's log`];
}

/** Sizes are those of the schema's tables with their indexes. */
export async function readFacts(
  connection: Connection,
  schema: string,
  { version, singleNode }: Identity,
  clockOffsetMs: number,
): Promise<StoreFacts> {
  const [columns] = await connection.ask({ text: SERVER }, [schema]);
  const durability = await readDurability(connection);
  const { host, port } = connection.host;
  return {
    kind: "postgres",
    path: connection.where,
    sqliteVersion: null,
    schemaVersion: version,
    pageBytes: integerAt(columns, 1),
    diskBytes: integerAt(columns, 2),
    walBytes: 0,
    journalMode: "wal",
    synchronous: durability.synchronousCommit,
    server: {
      version: textAt(columns, 0),
      primary: `${host}:${port}`,
      singleNode,
      clockOffsetMs,
      fsync: durability.fsync,
      fullPageWrites: durability.fullPageWrites,
      synchronousStandbys: durability.synchronousStandbys,
    },
  };
}
