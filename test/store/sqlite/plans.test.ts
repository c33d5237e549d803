// The questions of a command cost the same in a file of any size: SQLite answers each by a search in an index, reads no
// row that is not asked for and sorts nothing. Held by its query plans and not by time.

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test, type TestContext } from "node:test";
import { openSqliteStore, type RowChange } from "../../../src/store/index.ts";
import { Connection } from "../../../src/store/sqlite/connection.ts";
import { readPage, readRows } from "../../../src/store/sqlite/reads.ts";
import { searchRows } from "../../../src/store/sqlite/search.ts";
import { changeRows } from "../../../src/store/sqlite/writes.ts";
import { temporaryFolder } from "../support.ts";

const statements = new Set<string>();

class Recording extends DatabaseSync {
  override prepare(sql: string): ReturnType<DatabaseSync["prepare"]> {
    statements.add(sql);
    return super.prepare(sql);
  }
}

/** The lines of the plans of every statement that `work` runs on a file of this many rows. */
async function plansOf(context: TestContext, rows: number, work: (connection: Connection) => void): Promise<string[]> {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  const path = join(folder, "store.db");
  await (await openSqliteStore({ path, create: true })).close();
  const connection = new Connection({ DatabaseSync: Recording }, path);
  connection.script("BEGIN");
  changeRows(connection, 1, queue(rows));
  connection.script("COMMIT");
  // As a file that was analysed has it: statistics must not lead the planner astray.
  if (rows > 1_000) connection.script("ANALYZE");
  statements.clear();
  work(connection);
  connection.close();
  return [...statements].flatMap((sql) => planOf(path, sql));
}

function planOf(path: string, sql: string): string[] {
  const database = new DatabaseSync(path);
  const lines = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
  database.close();
  return lines.map(({ detail }) => String(detail));
}

function queue(count: number): RowChange[] {
  return Array.from({ length: count }, (_, index) => ({ key: `due/${String(index).padStart(6, "0")}`, bytes: "x" }));
}

const BY_KEY = /^SEARCH state USING (COVERING )?INDEX sqlite_autoindex_state_1 \(workspace=\? AND key/;

for (const rows of [1_000, 100_000]) {
  test(`the first row of a queue of ${rows} is found, taken out and put back by searches alone`, async (context) => {
    const plans = await plansOf(context, rows, (connection) => {
      const [first] = readPage(connection, 1, { prefix: "due/", limit: 1 });
      assert.equal(first?.key, "due/000000");
      changeRows(connection, 1, [{ key: "due/000000", bytes: null }]);
      const [second] = readPage(connection, 1, { prefix: "due/", after: "due/000000", limit: 1 });
      assert.equal(second?.key, "due/000001");
      changeRows(connection, 1, [{ key: "due/000000", bytes: "again" }]);
    });
    assert.equal(plans.length, 3, plans.join("\n"));
    for (const line of plans) assert.match(line, BY_KEY);
  });

  test(`many keys, most without a row, are loaded from ${rows} rows by one search a key`, async (context) => {
    const plans = await plansOf(context, rows, (connection) => {
      const keys = Array.from(
        { length: 40 },
        (_, index) => `${index % 10 === 0 ? "due" : "no"}/${"0".repeat(5)}${index}`,
      );
      assert.equal(readRows(connection, 1, keys).filter((bytes) => bytes !== null).length, 1);
    });
    assert.deepEqual(plans[0], "SCAN wanted VIRTUAL TABLE INDEX 1:");
    assert.match(plans[1] ?? "", BY_KEY);
    assert.equal(plans.length, 2);
  });
}

test("a search goes through the index of words, and a search without a word through that of keys", async (context) => {
  const plans = await plansOf(context, 1_000, (connection) => {
    searchRows(connection, 1, "lesson/", "", 9);
    searchRows(connection, 1, "lesson/", "word", 9);
  });
  assert.match(plans[0] ?? "", BY_KEY);
  assert.match(plans[1] ?? "", /^SCAN search VIRTUAL TABLE INDEX .*M/);
});
