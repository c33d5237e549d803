// One flipped bit is found, wherever it lies: in a column of any table, in the log, anywhere in the file. The long test
// flips more of them.

import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, test, type TestContext } from "node:test";
import { openSqliteStore, StoreFault } from "../../../src/store/index.ts";
import { flipColumns, flipFile } from "../../support/flip-rounds.ts";
import { put } from "../growth.ts";
import { rejection, seed, temporaryFolder } from "../support.ts";

async function inFolder(context: TestContext): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  context.diagnostic(`SEED=${seed}`);
  return folder;
}

describe("a flipped bit", () => {
  test("in any column of any table is found, or changes nothing that is told", async (context) => {
    const found = await flipColumns(await inFolder(context), 2, seed);
    for (const name of ["event.bytes", "event.hash", "event.at", "event.type", "state.key", "state.bytes"])
      assert.ok((found.get(name)?.verify ?? 0) > 0, name);
    for (const name of ["search_content.c0", "search_content.c1"]) assert.ok((found.get(name)?.verify ?? 0) > 0, name);
    assert.ok(found.size > 20, [...found.keys()].join(" "));
  });

  test("anywhere in the file is found, or changes nothing that is told", async (context) => {
    const { fault, verify, check } = await flipFile(await inFolder(context), 60, seed);
    assert.ok(fault + verify + check > 10);
  });
});

/** A store of three lessons, then damaged by SQL. */
async function damaged(context: TestContext, sql: string): Promise<string> {
  const path = join(await inFolder(context), "store.db");
  const store = await openSqliteStore({ path, create: true, ballastBytes: 0 });
  for (const n of [1, 2, 3])
    await put(store, "w", `${n}`, [{ key: `lesson/${n}`, bytes: `{"what":"the lesson ${n}"}` }]);
  await store.close();
  const database = new DatabaseSync(path);
  database.enableDefensive?.(false);
  database.exec(sql);
  database.close();
  return path;
}

describe("what a store finds wrong below its log", () => {
  for (const [title, sql, says] of [
    [
      "a row that the index of words lost",
      "DELETE FROM search WHERE key = 'lesson/2'",
      /row lesson\/2 is not in it as it is/,
    ],
    [
      "words that are not the row's",
      "UPDATE search SET words = 'another lesson' WHERE key = 'lesson/3'",
      /row lesson\/3 is not in it as it is/,
    ],
    ["a word that the index itself lost", "DELETE FROM search_data WHERE id > 10", /fts5/],
    [
      "a size that would change the order of what is found",
      "UPDATE search_docsize SET sz = x'0703'",
      /row lesson\/1 is not in it/,
    ],
    [
      "rows of a workspace that is not there",
      "UPDATE state SET workspace = 9",
      /^3 rows belong to a workspace that is not there/,
    ],
    ["events of a workspace that is not there", "UPDATE event SET position = position * 9", /^3 events belong to/],
    [
      "an older writer after a newer one",
      "UPDATE event SET min_writer = 7 WHERE type <> '' AND position % 4 = 2",
      /^event 3 lets an older writer/,
    ],
  ] as const) {
    test(title, async (context) => {
      const store = await openSqliteStore({ path: await damaged(context, sql), ballastBytes: 0 });
      const found = await store.check();
      assert.match(found[0] ?? "", says);
      await store.close();
    });
  }

  test("an index of words without its version is a damaged file, with the way out", async (context) => {
    const path = await damaged(context, "");
    const copy = `${path}.copy`;
    copyFileSync(path, copy);
    const database = new DatabaseSync(copy);
    database.enableDefensive?.(false);
    database.exec("UPDATE search_config SET v = 99");
    database.close();
    const store = await openSqliteStore({ path: copy, ballastBytes: 0 });
    const error = await rejection(store.read("w", (view) => view.search("lesson/", "lesson", 3)));
    assert.ok(error instanceof StoreFault && error.code === "store.corrupt", String(error));
    assert.match(
      error.message,
      /is damaged or cut short \(invalid fts5 file format .*\): keep a copy of it, restore a backup$/,
    );
    await store.close();
  });
});
