// Brings a schema to the newest version, or says why it cannot. Several kernels may do so at once: each step is a
// transaction under one lock, and the second finds the work of the first done.

import { StoreFault } from "../fault.ts";
import { integerAt, isTrueAt, textAt } from "./columns.ts";
import type { Connection } from "./connection.ts";
import { APPLICATION, migrationsFor, type Migration } from "./migrations.ts";
import { quoted } from "./statements.ts";

/** What the schema says of itself. */
export type Identity = { readonly version: number; readonly singleNode: boolean };

type Found =
  | { readonly is: "nothing" }
  | { readonly is: "foreign" }
  | { readonly is: "unmarked" }
  | {
      readonly is: "ours";
      readonly identity: Identity;
      readonly missing: readonly string[];
      /** Tables of steps that were not taken yet. */
      readonly early: readonly string[];
    };

const TABLES = `
  SELECT class.relname FROM pg_class AS class JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
  WHERE namespace.nspname = $1 AND class.relkind IN ('r', 'p', 'v', 'm', 'f')`;

/** Two schemas of one database have two locks. */
const LOCK = "SELECT pg_advisory_xact_lock(hashtext('exec-kernel schema'), hashtext($1))";

async function find(connection: Connection, schema: string): Promise<Found> {
  const migrations = migrationsFor(schema);
  const tables = new Set((await connection.ask({ text: TABLES }, [schema])).map((columns) => textAt(columns, 0)));
  const known = migrations.flatMap((step) => step.tables);
  if (tables.size === 0) return { is: "nothing" };
  if (!tables.has("identity") && known.some((table) => tables.has(table))) return { is: "unmarked" };
  if (!tables.has("identity")) return { is: "foreign" };
  const identity = await readIdentity(connection, schema);
  if (identity === null) return { is: "foreign" };
  const wanted = migrations.filter(({ version }) => version <= identity.version).flatMap((step) => step.tables);
  return {
    is: "ours",
    identity,
    missing: wanted.filter((table) => !tables.has(table)),
    early: known.filter((table) => tables.has(table) && !wanted.includes(table)),
  };
}

/** Whatever rights there are: who may not read the table is told so by the next question. */
const IDENTITY_COLUMNS = `
  SELECT attribute.attname::text FROM pg_attribute AS attribute
  JOIN pg_class AS class ON class.oid = attribute.attrelid JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
  WHERE namespace.nspname = $1 AND class.relname = 'identity' AND attribute.attnum > 0 AND NOT attribute.attisdropped`;

/** Null for a table of that name which is another program's. */
async function readIdentity(connection: Connection, schema: string): Promise<Identity | null> {
  const columnNames = await connection.ask({ text: IDENTITY_COLUMNS }, [schema]);
  const names = columnNames.map((columns) => textAt(columns, 0));
  if (!["application", "schema_version", "single_node"].every((name) => names.includes(name))) return null;
  const text = `SELECT application, schema_version, single_node FROM ${quoted(schema)}.identity`;
  const [columns] = await connection.ask({ text });
  if (columns?.[0] !== APPLICATION) return null;
  return { version: integerAt(columns, 1), singleNode: isTrueAt(columns, 2) };
}

/** The identity of a schema that can be brought up, null where there is none yet; throws for any other. */
function judge(found: Found, schema: string, where: string): Identity | null {
  const newest = migrationsFor(schema).length;
  if (found.is === "nothing") return null;
  if (found.is === "foreign") throw foreign(where, schema);
  if (found.is === "unmarked") throw halfMade(where, schema, "its table identity is gone");
  if (found.identity.version > newest) throw newer(where, schema, found.identity.version, newest);
  const { identity, missing, early } = found;
  if (missing.length > 0) throw halfMade(where, schema, `it lacks ${missing.join(", ")}`);
  if (early.length > 0)
    throw halfMade(where, schema, `it says version ${identity.version} and has ${early.join(", ")}`);
  return identity;
}

async function look(connection: Connection, schema: string): Promise<Identity | null> {
  return judge(await find(connection, schema), schema, connection.where);
}

/** What the schema holds at one moment, without changing it; null where nothing is made yet. */
export async function lookAtSchema(connection: Connection, schema: string): Promise<Identity | null> {
  // Several questions over one snapshot: between them another may be making the store, and would look half made.
  return inTransaction(connection, "snapshot", () => look(connection, schema));
}

/**
 * Makes what is missing of what was found, step by step; `singleNode` true is kept from now on. Where nothing is to do no
 * lock is taken: every command opens its store.
 */
export async function prepareSchema(
  connection: Connection,
  schema: string,
  found: Identity | null,
  singleNode: boolean,
): Promise<Identity> {
  const isWhole = found !== null && found.version === migrationsFor(schema).length;
  if (isWhole && (found.singleNode || !singleNode)) return found;
  for (;;) {
    const identity = await inTransaction(connection, "write", async () => {
      await connection.ask({ text: LOCK }, [schema]);
      const found = await look(connection, schema);
      const next = migrationsFor(schema)[found?.version ?? 0];
      if (next !== undefined) await take(connection, schema, next, singleNode);
      else if (singleNode && found?.singleNode === false) await keepSingleNode(connection, schema);
      return next === undefined && found !== null ? { ...found, singleNode: found.singleNode || singleNode } : null;
    });
    if (identity !== null) return identity;
  }
}

async function take(connection: Connection, schema: string, step: Migration, singleNode: boolean): Promise<void> {
  const s = quoted(schema);
  if (step.version === 1) await connection.ask({ text: `CREATE SCHEMA IF NOT EXISTS ${s}` });
  await connection.ask({ text: step.sql });
  const set = {
    text: `
    INSERT INTO ${s}.identity AS identity (application, schema_version, single_node) VALUES ($1, $2, $3)
    ON CONFLICT (only_one) DO UPDATE SET schema_version = excluded.schema_version`,
  };
  await connection.ask(set, [APPLICATION, step.version, singleNode]);
}

async function keepSingleNode(connection: Connection, schema: string): Promise<void> {
  await connection.ask({ text: `UPDATE ${quoted(schema)}.identity SET single_node = true` });
}

async function inTransaction<T>(
  connection: Connection,
  kind: "write" | "snapshot",
  work: () => Promise<T>,
): Promise<T> {
  await connection.begin(kind);
  try {
    const done = await work();
    await connection.commit();
    return done;
  } catch (error) {
    await connection.rollback();
    throw error;
  }
}

function foreign(where: string, schema: string): StoreFault {
  const told = `${where}: the schema ${schema} holds another program's tables`;
  return new StoreFault("store.foreign", where, `${told}: it was left as it is, name another with ?schema=NAME`);
}

function halfMade(where: string, schema: string, detail: string): StoreFault {
  const told = `${where}: the schema ${schema} is no whole store (${detail})`;
  return new StoreFault("store.corrupt", where, `${told}: restore a backup, or name another with ?schema=NAME`);
}

function newer(where: string, schema: string, version: number, newest: number): StoreFault {
  const told = `${where} has schema version ${version} in ${schema}, this exec-kernel knows up to ${newest}`;
  return new StoreFault("store.newer", where, `${told}: update exec-kernel`);
}
