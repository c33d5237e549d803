// The order of what is found is the same in memory, in SQLite and in PostgreSQL: all weigh words by the same formula.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { openMemoryStore, openSqliteStore } from "../../src/store/index.ts";
import { dropSchema, freshUrl, openTestStore } from "../support/postgres.ts";
import { put } from "./growth.ts";
import { seed, temporaryFolder } from "./support.ts";

const WORDS = ["a", "b", "c", "d", "e", "f"];
const texts = fc.array(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((words) => words.join(" ")),
  { minLength: 1, maxLength: 30 },
);
// Two words at most: a sum of more could differ in its last bit between two logarithms, and part what is tied.
const query = fc.uniqueArray(fc.constantFrom(...WORDS, "none"), { minLength: 1, maxLength: 2 });

const prefix = fc.constantFrom("lesson/", "lesson/0/", "lesson/1");

test("all stores put the same rows in the same order, also after rows were replaced and deleted", async (context) => {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  const url = await freshUrl();
  const stores = [
    openMemoryStore(),
    await openSqliteStore({ path: join(folder, "store.db"), create: true }),
    await openTestStore(url),
  ];
  await fc.assert(
    fc.asyncProperty(texts, query, prefix, async (given, asked, under) => {
      const rows = Array.from({ length: 30 }, (_, index) => {
        const text = given[index];
        return { key: `lesson/${index % 3}/${index}`, bytes: text === undefined ? null : JSON.stringify(text) };
      });
      const [memory, ...others] = await Promise.all(
        stores.map(async (store) => {
          await put(store, "w", "e", rows);
          return await store.read("w", (view) => view.search(under, asked.join(" "), 20));
        }),
      );
      for (const other of others) assert.deepEqual(other, memory);
    }),
    { seed, numRuns: 100 },
  );
  for (const store of stores) await store.close();
  await dropSchema(url);
});
