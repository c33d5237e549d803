// Rows come by prefix, in the order of their keys' UTF-8 bytes, page by page.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Page, Store, StoredRow } from "../../../src/store/index.ts";
import type { Open } from "./opened.ts";
import { put } from "../growth.ts";
import { anyText, seed } from "../support.ts";
import { storeTest } from "./with-store.ts";

const HARD_KEYS: readonly string[] = [
  ...["%", "%a", "_", "_a", "a", "a%", "a_", "a/", "a/1", "a/10", "a/2", "a0", "A", "b'", 'b"', "b\\", "*", "?", "["],
  ...[
    "é",
    "e\u0301",
    "漢",
    "漢字",
    "\ud7ff",
    "\ud7ff!",
    "\ue000",
    "\uffff",
    "\uffff!",
    "\u{10000}",
    "\u{1f600}",
    "\u{1f600}x",
    "\u{10ffff}",
    "\u{10ffff}\u{10ffff}",
  ],
];

function utf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function keysOf(store: Store, page: Page): Promise<string[]> {
  return store.read("w", async (view) => (await view.rows(page)).map(({ key }) => key));
}

async function allPages(store: Store, prefix: string, limit: number): Promise<StoredRow[]> {
  const all: StoredRow[] = [];
  for (;;) {
    const after = all.at(-1)?.key;
    const page = await store.read("w", (view) =>
      view.rows(after === undefined ? { prefix, limit } : { prefix, after, limit }),
    );
    all.push(...page);
    if (page.length < limit) return all;
  }
}

export function paging(open: Open): void {
  storeTest(open, "gives rows in the order of their UTF-8 bytes", async ({ store }) => {
    await put(
      store,
      "w",
      "e",
      HARD_KEYS.map((key) => ({ key, bytes: key })),
    );
    assert.deepEqual(await keysOf(store, { prefix: "", limit: 100 }), [...HARD_KEYS].sort(utf8));
  });

  storeTest(
    open,
    "takes every prefix literally: %, _, quotes, the empty one, the last code point",
    async ({ store }) => {
      await put(
        store,
        "w",
        "e",
        HARD_KEYS.map((key) => ({ key, bytes: key })),
      );
      for (const prefix of ["", ...HARD_KEYS, "zz", "a/1000", "\u{10ffff}\u{10ffff}\u{10ffff}"]) {
        const expected = HARD_KEYS.filter((key) => key.startsWith(prefix)).sort(utf8);
        assert.deepEqual(await keysOf(store, { prefix, limit: 100 }), expected, `prefix ${JSON.stringify(prefix)}`);
      }
    },
  );

  storeTest(
    open,
    "starts after any key, inside, before and beyond the prefix, whether it is there or not",
    async ({ store }) => {
      await put(
        store,
        "w",
        "e",
        ["a", "b", "b/1", "b/2", "b/3", "c"].map((key) => ({ key, bytes: key })),
      );
      assert.deepEqual(await keysOf(store, { prefix: "b/", after: "b/1", limit: 9 }), ["b/2", "b/3"]);
      assert.deepEqual(await keysOf(store, { prefix: "b/", after: "b/11", limit: 9 }), ["b/2", "b/3"]);
      assert.deepEqual(await keysOf(store, { prefix: "b/", after: "a", limit: 9 }), ["b/1", "b/2", "b/3"]);
      assert.deepEqual(await keysOf(store, { prefix: "b/", after: "c", limit: 9 }), []);
      assert.deepEqual(await keysOf(store, { prefix: "b", after: "b", limit: 2 }), ["b/1", "b/2"]);
      assert.deepEqual(await keysOf(store, { prefix: "b", limit: 0 }), []);
    },
  );

  storeTest(open, "starts after every key under every prefix as a sorted list would", async ({ store }) => {
    await put(
      store,
      "w",
      "e",
      HARD_KEYS.map((key) => ({ key, bytes: key })),
    );
    await store.read("w", async (view) => {
      for (const prefix of ["", ...HARD_KEYS]) {
        for (const after of HARD_KEYS) {
          const expected = HARD_KEYS.filter((key) => key.startsWith(prefix) && utf8(key, after) > 0).sort(utf8);
          const found = await view.rows({ prefix, after, limit: 100 });
          assert.deepEqual(
            found.map(({ key }) => key),
            expected,
            JSON.stringify({ prefix, after }),
          );
        }
      }
    });
  });

  storeTest(
    open,
    "sees rows that appear, vanish and come back between pages in their right place",
    async ({ store }) => {
      await put(store, "w", "1", [
        { key: "b", bytes: "1" },
        { key: "d", bytes: "1" },
      ]);
      assert.deepEqual(await keysOf(store, { prefix: "", limit: 9 }), ["b", "d"]);
      await put(store, "w", "2", [
        { key: "c", bytes: "1" },
        { key: "a", bytes: "1" },
        { key: "b", bytes: null },
      ]);
      assert.deepEqual(await keysOf(store, { prefix: "", limit: 9 }), ["a", "c", "d"]);
      await put(store, "w", "3", [
        { key: "b", bytes: "2" },
        { key: "c", bytes: null },
      ]);
      assert.deepEqual(await keysOf(store, { prefix: "", limit: 9 }), ["a", "b", "d"]);
    },
  );

  storeTest(open, "pages through any keys as a sorted list would, with any page size", async ({ store }) => {
    let kept = new Map<string, string>();
    const key = anyText.filter((text) => text !== "");
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(key, { maxLength: 20 }),
        anyText.map((text) => text.slice(0, 1).toWellFormed()),
        fc.integer({ min: 1, max: 9 }),
        async (keys, prefix, limit) => {
          const wiped = [...kept.keys()].filter((old) => !keys.includes(old)).map((old) => ({ key: old, bytes: null }));
          kept = new Map(keys.map((each) => [each, `value of ${each}`]));
          await put(store, "w", "e", [...wiped, ...[...kept].map(([each, bytes]) => ({ key: each, bytes }))]);
          const expected = [...kept].filter(([each]) => each.startsWith(prefix)).sort(([a], [b]) => utf8(a, b));
          assert.deepEqual(
            await allPages(store, prefix, limit),
            expected.map(([each, bytes]) => ({ key: each, bytes })),
          );
        },
      ),
      { seed, numRuns: 50 },
    );
  });
}
