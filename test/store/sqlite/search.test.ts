// The index of words in the file: made for files that had none, kept in step with the rows, never in the way of others.

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test, type TestContext } from "node:test";
import { openSqliteStore, type Store } from "../../../src/store/index.ts";
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from "../../../src/store/sqlite/migrations.ts";
import { everything, put, rowOf } from "../growth.ts";
import { temporaryFolder } from "../support.ts";

async function newPath(context: TestContext): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  return join(folder, "store.db");
}

/** A file as the first schema left it, with lessons and other rows in two workspaces. */
function oldFile(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; ${MIGRATIONS[0]?.sql}
    PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1;
    INSERT INTO workspace VALUES (1, 'v'), (2, 'w');
    INSERT INTO state (workspace, key, bytes) VALUES
      (1, 'lesson/1', '{"text":"alpha of v"}'), (2, 'task/1', '{"text":"alpha task"}'),
      (2, 'lesson/1', '{"text":"alpha of w"}'), (2, 'lesson/2', '{"text":"beta"}'), (2, 'lesson0', '"alpha"')`);
  return database;
}

async function find(store: Store, workspace: string, query: string): Promise<string[]> {
  return store.read(workspace, async (view) => (await view.search("lesson/", query, 9)).map(({ bytes }) => bytes));
}

/** Throws when the index is damaged; says which rows it has, as "workspace key". */
function indexed(path: string): string[] {
  const database = new DatabaseSync(path);
  database.exec("INSERT INTO search (search) VALUES ('integrity-check')");
  const rows = database.prepare("SELECT rowid >> 40 AS workspace, key FROM search ORDER BY 1, 2").all();
  database.close();
  return rows.map(({ workspace, key }) => `${String(workspace)} ${String(key)}`);
}

test("a file without the index gets one when it is opened, with every searchable row it had", async (context) => {
  const path = await newPath(context);
  oldFile(path).close();
  const store = await openSqliteStore({ path });
  assert.equal((await store.facts()).schemaVersion, SCHEMA_VERSION);
  assert.deepEqual(await find(store, "w", "alpha"), ['{"text":"alpha of w"}']);
  assert.deepEqual(await find(store, "v", "ALPHA beta"), ['{"text":"alpha of v"}']);
  assert.equal(await rowOf(store, "w", "task/1"), '{"text":"alpha task"}');
  await put(store, "w", "e", [{ key: "lesson/1", bytes: '"gamma"' }]);
  assert.deepEqual(await find(store, "w", "alpha gamma"), ['"gamma"']);
  await store.close();
  assert.deepEqual(indexed(path), ["1 lesson/1", "2 lesson/1", "2 lesson/2"]);
});

test("a file with the index is opened again as it is", async (context) => {
  const path = await newPath(context);
  const store = await openSqliteStore({ path, create: true });
  await put(store, "w", "e", [{ key: "lesson/1", bytes: '"alpha"' }]);
  const before = await everything(store, "w");
  await store.close();
  const again = await openSqliteStore({ path });
  assert.deepEqual(await everything(again, "w"), before);
  assert.deepEqual(await find(again, "w", "alpha"), ['"alpha"']);
  await again.close();
});

test("two that open an old file at once leave one whole index", async (context) => {
  const path = await newPath(context);
  oldFile(path).close();
  const stores = await Promise.all([openSqliteStore({ path }), openSqliteStore({ path })]);
  for (const store of stores) assert.equal((await find(store, "w", "alpha")).length, 1);
  for (const store of stores) await store.close();
  assert.equal(indexed(path).length, 3);
});

test("a program of the first schema that has the file open reads and writes on while it is brought up", async (context) => {
  const path = await newPath(context);
  const old = oldFile(path);
  const read = old.prepare("SELECT bytes FROM state WHERE workspace = 2 AND key = ?");
  const write = old.prepare("UPDATE state SET bytes = ? WHERE workspace = 2 AND key = 'task/1'");
  const store = await openSqliteStore({ path });
  await put(store, "w", "e", [{ key: "task/2", bytes: "new" }]);
  assert.equal(read.get("task/2")?.["bytes"], "new");
  write.run("changed");
  assert.equal(await rowOf(store, "w", "task/1"), "changed");
  assert.equal((await find(store, "w", "alpha")).length, 1);
  old.close();
  await store.close();
});

test("the index has exactly the searchable rows after many were written, replaced and deleted", async (context) => {
  const path = await newPath(context);
  const store = await openSqliteStore({ path, create: true });
  for (let round = 0; round < 120; round += 1) {
    const name = (round * 7) % 31;
    const bytes = round % 3 === 0 ? null : JSON.stringify(`round ${round} word${name}`);
    await put(store, round % 2 === 0 ? "v" : "w", "e", [
      { key: `lesson/${name}`, bytes },
      { key: `task/${name}`, bytes },
    ]);
  }
  const kept: string[] = [];
  for (const [index, workspace] of ["v", "w"].entries()) {
    const rows = await store.read(workspace, (view) => view.rows({ prefix: "lesson/", limit: 99 }));
    for (const { key, bytes } of rows) {
      kept.push(`${index + 1} ${key}`);
      assert.deepEqual(await find(store, workspace, `word${key.slice("lesson/".length)}`), [bytes]);
    }
  }
  await store.close();
  assert.ok(kept.length > 10, kept.join());
  assert.deepEqual(indexed(path), kept);
});
