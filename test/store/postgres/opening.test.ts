// What can be wrong with a server or a schema is told apart when the store is opened, in one clear line without a
// password, and nothing is written to what is not ours.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Client } from "pg";
import { openPostgresStore, StoreFault } from "../../../src/store/index.ts";
import type { PostgresOptions, StoreFaultCode } from "../../../src/store/index.ts";
import { freshUrl, openTestStore, PASSWORD, startServer } from "../../support/postgres.ts";
import { TcpProxy } from "../../support/tcp-proxy.ts";
import { headOf, put } from "../growth.ts";
import { rejection } from "../support.ts";

const server = await startServer();
after(() => server.close());

async function assertFault(options: PostgresOptions, code: StoreFaultCode, says: RegExp): Promise<void> {
  const error = await rejection(openPostgresStore({ unsafe: true, env: {}, openingPatienceMs: 0, ...options }));
  assert.ok(error instanceof StoreFault, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, says);
  assert.match(error.message, /^[^\n]+$/);
  assert.ok(!`${error.message}${error.stack ?? ""}${error.path}`.includes(PASSWORD), error.stack);
}

function schemaOf(url: string): string {
  return new URL(url).searchParams.get("schema") ?? "";
}

/** A made store's URL, after this SQL; `S` in it is the schema. */
async function spoilt(sql: string): Promise<string> {
  const url = await freshUrl(server);
  const store = await openTestStore(url);
  await put(store, "w", "1");
  await store.close();
  await server.sql(sql.replaceAll("S.", `${schemaOf(url)}.`));
  return url;
}

const SPOILT: readonly (readonly [what: string, sql: string, code: StoreFaultCode, says: RegExp])[] = [
  [
    "of a newer version",
    "UPDATE S.identity SET schema_version = 99",
    "store.newer",
    /has schema version 99 in .*, this exec-kernel knows up to 2: update exec-kernel$/,
  ],
  [
    "of another program with such a table",
    "UPDATE S.identity SET application = 'x'",
    "store.foreign",
    /another program/,
  ],
  [
    "whose identity is empty",
    "DELETE FROM S.identity",
    "store.foreign",
    /another program's tables: it was left as it is/,
  ],
  ["whose identity is gone", "DROP TABLE S.identity", "store.corrupt", /no whole store \(its table identity is gone\)/],
  [
    "that lacks a table",
    "DROP TABLE S.counter, S.word",
    "store.corrupt",
    /\(it lacks counter, word\): restore a backup/,
  ],
  [
    "that says it is older than its tables",
    "UPDATE S.identity SET schema_version = 1",
    "store.corrupt",
    /\(it says version 1 and has checkpoint, checkpoint_part\): restore a backup, or name another with \?schema=NAME$/,
  ],
  [
    "where the next version finds its place taken",
    "DROP TABLE S.checkpoint, S.checkpoint_part; CREATE DOMAIN S.checkpoint AS int; UPDATE S.identity SET schema_version = 1",
    "store.corrupt",
    /already exists \(42710\): .*restore a backup, or name another schema with \?schema=NAME$/,
  ],
  [
    "where the next version finds an index in its way",
    "DROP TABLE S.checkpoint, S.checkpoint_part; CREATE INDEX checkpoint ON S.word (key); UPDATE S.identity SET schema_version = 1",
    "store.corrupt",
    /already exists \(42P07\): .*restore a backup, or name another schema with \?schema=NAME$/,
  ],
];

for (const [what, sql, code, says] of SPOILT) {
  test(`a schema ${what} is ${code}, also for one that would make it`, async () => {
    const url = await spoilt(sql);
    for (const create of [false, true]) await assertFault({ url, create, singleNode: true }, code, says);
  });
}

test("another program's schema is left as it is", async () => {
  const url = await freshUrl(server);
  await server.sql(`CREATE SCHEMA ${schemaOf(url)} CREATE TABLE orders (id int)`);
  await assertFault({ url, create: true, singleNode: true }, "store.foreign", /holds another program's tables/);
  const tables = await server.sql(`SELECT tablename FROM pg_tables WHERE schemaname = '${schemaOf(url)}'`);
  assert.deepEqual(tables, [["orders"]]);
});

test("a schema that is not there, or empty, is absent until somebody makes it", async () => {
  const url = await freshUrl(server);
  await assertFault({ url }, "store.absent", /has no store in schema test_\w+: run `exec-kernel init`/);
  await server.sql(`CREATE SCHEMA ${schemaOf(url)}`);
  await assertFault({ url }, "store.absent", /has no store/);
  await (await openTestStore(url)).close();
  await (await openTestStore(url, { create: false })).close();
});

test("a schema with any name is made, and nothing else", async () => {
  const schema = `a"; DROP SCHEMA public; -- '${process.pid}`;
  const url = `${server.url}?schema=${encodeURIComponent(schema)}`;
  const store = await openTestStore(url);
  assert.equal((await put(store, "w", "1")).sequence, 1);
  await store.close();
  await server.sql(`DROP SCHEMA "${schema.replaceAll('"', '""')}" CASCADE`);
});

test("a store that is as it should be is opened without a lock, also while somebody else holds all of them", async () => {
  const url = await freshUrl(server);
  await (await openTestStore(url)).close();
  const other = new Client({ connectionString: server.url });
  await other.connect();
  try {
    await other.query("BEGIN");
    await other.query("SELECT pg_advisory_xact_lock(hashtext('exec-kernel schema'), hashtext($1))", [schemaOf(url)]);
    const store = await openTestStore(url, { busyTimeoutMs: 100 });
    assert.deepEqual(await store.workspaces(), []);
    await store.close();
  } finally {
    await other.end();
  }
});

test("many that make the same schema at once make it once", async () => {
  const url = await freshUrl(server);
  const stores = await Promise.all(Array.from({ length: 6 }, () => openTestStore(url)));
  for (const store of stores) await put(store, "w", "1");
  for (const store of stores) assert.equal((await headOf(store, "w"))?.sequence, 6);
  for (const store of stores) await store.close();
});

test("a wrong password, none at all, a missing database and a server that is not there are told apart", async () => {
  const at = server.url.replace(/^.*@/, "").replace(/\/.*$/, "");
  const login = /check the user, and the password in PGPASSWORD or ~\/\.pgpass/;
  await assertFault({ url: `postgres://kernel:wrong${PASSWORD}@${at}/postgres` }, "store.io", login);
  await assertFault({ url: `postgres://kernel@${at}/postgres` }, "store.io", /PGPASSWORD/);
  await assertFault(
    { url: `postgres://kernel:${PASSWORD}@${at}/none` },
    "store.absent",
    /"none" does not exist.*createdb/,
  );
  const nobody = await TcpProxy.to(1);
  await nobody.close();
  const away = `postgres://kernel:${PASSWORD}@127.0.0.1:${nobody.port}/postgres`;
  await assertFault({ url: away }, "store.io", /ECONNREFUSED.*start the server, or check host and port/);
  await assertFault({ url: "postgres://k@no-such-host.invalid/x" }, "store.io", /start the server, or check host/);
  const store = await openTestStore(`postgres://kernel@${at}/postgres?schema=by_env`, {
    env: { PGPASSWORD: PASSWORD },
  });
  await store.close();
  await server.sql("DROP SCHEMA by_env CASCADE");
});

test("a root certificate that cannot be read is told by its name", async () => {
  const url = `${server.url}?sslmode=verify-full&sslrootcert=/none/root.crt`;
  await assertFault(
    { url },
    "store.url",
    /sslrootcert=\/none\/root\.crt cannot be read \(ENOENT\): name a file that this user may read$/,
  );
});

test("a server that is just not there is waited for", async () => {
  const proxy = await TcpProxy.to(server.port);
  proxy.refuse();
  const opening = openTestStore(proxy.through(await freshUrl(server)));
  while (proxy.refused === 0) await setImmediate();
  proxy.accept();
  await (await opening).close();
  await proxy.close();
});

test("a user who may not make a schema is told what to do", async () => {
  await server.sql(`CREATE ROLE poor LOGIN PASSWORD '${PASSWORD}'`);
  const url = (await freshUrl(server)).replace("//kernel:", "//poor:");
  await assertFault(
    { url, create: true, singleNode: true },
    "store.io",
    /permission denied.*grant this user what it lacks/,
  );
  await server.sql("DROP ROLE poor");
});

test("a database in another encoding is refused", async () => {
  await server.sql("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'");
  const url = server.url.replace(/\/postgres$/, "/latin");
  await assertFault(
    { url, create: true, singleNode: true },
    "store.io",
    /is a database in LATIN1, keys and texts need UTF8/,
  );
  await server.sql("DROP DATABASE latin");
});

test("a server that would forget commits is refused, and one without a standby unless that is said", async () => {
  const durable = await startServer([]);
  after(() => durable.close());
  const { url } = durable;
  await assertFault(
    { url: await freshUrl(server), create: true, unsafe: false },
    "store.not_durable",
    /set fsync and full_page_writes and synchronous_commit = on$/,
  );
  await assertFault(
    { url, create: true, unsafe: false },
    "store.not_durable",
    /set synchronous_standby_names .* on the server, or accept it with --single-node$/,
  );
  await assertFault({ url }, "store.absent", /has no store in schema exec_kernel/);
  await (await openPostgresStore({ url, create: true, singleNode: true })).close();
  // Said once, and kept.
  const store = await openPostgresStore({ url });
  const { path, server: told, kind, synchronous, schemaVersion } = await store.facts();
  assert.deepEqual(
    { path, kind, synchronous, schemaVersion },
    {
      path: `postgres://kernel@127.0.0.1:${durable.port}/postgres`,
      kind: "postgres",
      synchronous: "on",
      schemaVersion: 2,
    },
  );
  assert.deepEqual(
    { ...told, version: "", clockOffsetMs: 0 },
    {
      version: "",
      primary: `127.0.0.1:${durable.port}`,
      singleNode: true,
      clockOffsetMs: 0,
      fsync: "on",
      fullPageWrites: "on",
      synchronousStandbys: "",
    },
  );
  assert.match(told?.version ?? "", /^\d+/);
  await store.close();
});

test("a server that takes no writes is passed over for the primary, in any order of the hosts", async () => {
  const standby = await startServer(["-c", "default_transaction_read_only=on"]);
  after(() => standby.close());
  await assertFault(
    { url: standby.url, create: true },
    "store.read_only",
    /takes no writes.*name the primary, or all hosts/,
  );
  const both = [`127.0.0.1:${standby.port}`, `127.0.0.1:${server.port}`];
  for (const hosts of [both, both.toReversed()]) {
    const url = `postgres://kernel:${PASSWORD}@${hosts.join(",")}/postgres?schema=by_turns`;
    const store = await openTestStore(url);
    assert.equal((await store.facts()).server?.primary, `127.0.0.1:${server.port}`);
    await store.close();
  }
  await server.sql("DROP SCHEMA by_turns CASCADE");
});
