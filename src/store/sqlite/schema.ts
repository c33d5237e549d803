// Brings a connection to the newest schema, or says why it cannot. Two processes may do so at once: the second finds the
// work of the first done.

import { StoreFault } from "../fault.ts";
import type { Connection } from "./connection.ts";
import { otherProgram, unmade } from "./file.ts";
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from "./migrations.ts";
import { whenFree, type Patience } from "./patience.ts";

type Identity = { readonly applicationId: number; readonly version: number; readonly tables: number };

const READ_IDENTITY = `
  SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version),
    (SELECT count(*) FROM sqlite_schema)`;

function identityOf(connection: Connection): Identity {
  const columns = connection.first(READ_IDENTITY) ?? {};
  const [applicationId, version, tables] = [0, 1, 2].map((index) => connection.integer(columns, index));
  return { applicationId: applicationId ?? 0, version: version ?? 0, tables: tables ?? 0 };
}

function isBlank({ applicationId, version, tables }: Identity): boolean {
  return applicationId === 0 && version === 0 && tables === 0;
}

/** True when the schema must be made or brought up; throws for a file that is foreign, newer or (without `create`) blank. */
function isBehind(path: string, identity: Identity, create: boolean): boolean {
  if (isBlank(identity)) {
    if (!create) throw unmade(path);
    return true;
  }
  if (identity.applicationId !== APPLICATION_ID) throw otherProgram(path);
  if (identity.version > SCHEMA_VERSION) throw newer(path, identity.version);
  return identity.version < SCHEMA_VERSION;
}

function newer(path: string, version: number): StoreFault {
  return new StoreFault(
    "store.newer",
    path,
    `${path} has schema ${version}, this exec-kernel knows up to ${SCHEMA_VERSION}: update exec-kernel`,
  );
}

/** Checks whose file it is, switches it to write-ahead logging and migrates it. Waits for other processes. */
export async function prepareSchema(connection: Connection, create: boolean, patience: Patience): Promise<void> {
  const { path } = connection;
  const behind = await whenFree(path, patience, () => isBehind(path, identityOf(connection), create));
  const mode = await whenFree(path, patience, () => connection.first("PRAGMA journal_mode = WAL")?.[0]);
  if (mode !== "wal")
    throw new StoreFault(
      "store.io",
      path,
      `${path} lies where sqlite cannot keep a write-ahead log (a network disk?): choose a --store on a local disk`,
    );
  if (!behind) return;
  await whenFree(path, patience, () => connection.run("BEGIN IMMEDIATE"));
  try {
    if (isBehind(path, identityOf(connection), create)) migrate(connection);
    connection.run("COMMIT");
  } catch (error) {
    connection.rollback();
    throw error;
  }
  // The mark of ours goes into the file itself, where the next one to open it looks before SQLite does.
  await whenFree(path, patience, () => connection.first("PRAGMA wal_checkpoint(TRUNCATE)"));
}

/** The newest schema in an empty database. */
export function newSchema(connection: Connection): Connection {
  for (const { sql } of MIGRATIONS) connection.script(sql);
  return connection;
}

function migrate(connection: Connection): void {
  const { version } = identityOf(connection);
  for (const { sql, fill } of MIGRATIONS.slice(version)) {
    connection.script(sql);
    fill?.(connection);
  }
  connection.script(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`);
}
