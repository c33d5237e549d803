// The ends of the number range in which workspaces and sequences share one integer.

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test, type TestContext } from "node:test";
import { openSqliteStore, StoreDefect, StoreFault } from "../../../src/store/index.ts";
import { hashOf, put } from "../growth.ts";
import { rejection, temporaryFolder } from "../support.ts";

const SEQUENCE_MAX = 2 ** 40 - 1;

/** A new store that another connection has filled with SQL. */
async function filledStore(context: TestContext, sql: string): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  const path = join(folder, "store.db");
  await (await openSqliteStore({ path, create: true })).close();
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
  return path;
}

test("the last workspace keeps its last events exactly, apart from the one before it", async (context) => {
  const hash = hashOf("x");
  const event = (number: number, sequence: number) =>
    `INSERT INTO event VALUES (${number} * 1099511627776 + ${sequence}, 1, 1, 'type', '${hash}', '${number} ${sequence}');`;
  const path = await filledStore(
    context,
    `INSERT INTO workspace VALUES (8189, 'before'), (8190, 'last');
    ${event(8189, SEQUENCE_MAX)} ${event(8190, 1)} ${event(8190, SEQUENCE_MAX - 1)}`,
  );
  const store = await openSqliteStore({ path });
  assert.equal((await put(store, "last", "the last of all")).sequence, SEQUENCE_MAX);
  await store.read("last", async (view) => {
    assert.deepEqual(
      (await view.events(1, 9)).map(({ sequence }) => sequence),
      [SEQUENCE_MAX - 1, SEQUENCE_MAX],
    );
    assert.equal((await view.event(SEQUENCE_MAX))?.bytes, "the last of all");
    assert.equal(await view.event(SEQUENCE_MAX + 1), null);
    assert.deepEqual(await view.events(SEQUENCE_MAX, 9), []);
  });
  await store.read("before", async (view) => {
    assert.equal((await view.head())?.sequence, SEQUENCE_MAX);
    assert.equal(await view.event(SEQUENCE_MAX + 2), null, "that is event 1 of the next workspace");
    assert.deepEqual(
      (await view.events(0, 9)).map(({ bytes }) => bytes),
      [`8189 ${SEQUENCE_MAX}`],
    );
  });
  for (const workspace of ["before", "last"]) {
    const error = await rejection(put(store, workspace, "one too many"));
    assert.ok(error instanceof StoreDefect);
    assert.match(error.message, /^sequence 1099511627776 is over 1099511627775$/);
  }
  await store.close();
});

test("a file takes 8,190 workspaces and names that limit to the next", async (context) => {
  const path = await filledStore(
    context,
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8189)
    INSERT INTO workspace SELECT i, 'w' || i FROM n`,
  );
  const store = await openSqliteStore({ path });
  assert.equal((await put(store, "the last", "1")).sequence, 1);
  const error = await rejection(put(store, "one too many", "1"));
  assert.ok(error instanceof StoreFault);
  assert.equal(error.code, "store.full");
  assert.match(error.message, /store\.db holds 8190 workspaces, its limit: name another file with --store$/);
  assert.deepEqual(await store.workspaces(), ["the last"]);
  await store.close();
});
