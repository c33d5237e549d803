// What is stored comes back exactly as it was, in the order it was written.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Open } from "./opened.ts";
import { follow, put } from "../growth.ts";
import { anyText, seed } from "../support.ts";
import { storeTest } from "./with-store.ts";

const HARD_TEXTS: readonly string[] = [
  ...[
    "",
    " ",
    "007",
    "1e5",
    "-0",
    "null",
    "NaN",
    "x'41'",
    "'",
    '"',
    "\\",
    "a\tb\r\nc",
    "\u2028\u2029",
    "\ufeffbom",
    "\u0001",
  ],
  ...[
    "é",
    "e\u0301",
    "漢字",
    "\u{1f600}",
    "\uffff",
    "\ue000",
    "\u{10ffff}",
    "ß".repeat(8_000),
    "\u{1f680}".repeat(4_096),
    "x".repeat(16_384),
  ],
];

export function bytesAndOrder(open: Open): void {
  storeTest(open, "gives every text back exactly, in rows and in events", async ({ store }) => {
    const rows = HARD_TEXTS.map((bytes, index) => ({ key: `row/${index}`, bytes }));
    await store.transact("w", (session) => {
      const { next, events } = follow(null, ...HARD_TEXTS);
      return session.append(null, next, events, rows);
    });
    await store.read("w", async (view) => {
      assert.deepEqual(await view.load(rows.map(({ key }) => key)), HARD_TEXTS);
      assert.deepEqual(
        (await view.events(0, 100)).map(({ bytes }) => bytes),
        HARD_TEXTS,
      );
    });
  });

  storeTest(open, "gives any generated text back exactly, as key, bytes and event type", async ({ store }) => {
    const text = anyText.filter((value) => value !== "");
    await fc.assert(
      fc.asyncProperty(text, text, text, async (key, bytes, type) => {
        await store.transact("w", async (session) => {
          const head = await session.head();
          const { next, events } = follow(head, bytes);
          await session.append(
            head,
            next,
            events.map((event) => ({ ...event, type })),
            [{ key, bytes }],
          );
        });
        await store.read("w", async (view) => {
          const head = await view.head();
          assert.deepEqual(await view.load([key]), [bytes]);
          const event = await view.event(head?.sequence ?? 0);
          assert.equal(event?.type, type);
          assert.equal(event.bytes, bytes);
        });
      }),
      { seed, numRuns: 60 },
    );
  });

  storeTest(
    open,
    "gives events back with every field, in order, from any place, as many as asked",
    async ({ store }) => {
      const texts = Array.from({ length: 30 }, (_, index) => `event ${index + 1}`);
      const { next, events } = follow(null, ...texts);
      await store.transact("w", (session) => session.append(null, next, events, []));
      await store.read("w", async (view) => {
        assert.deepEqual(await view.head(), next);
        assert.deepEqual(await view.events(0, 100), events);
        assert.deepEqual(await view.events(7, 5), events.slice(7, 12));
        assert.deepEqual(await view.events(30, 5), []);
        assert.deepEqual(await view.events(2 ** 52, 5), []);
        assert.deepEqual(await view.events(3, 0), []);
        assert.deepEqual(await view.event(1), events[0]);
        assert.deepEqual(await view.event(30), events[29]);
        assert.equal(await view.event(0), null);
        assert.equal(await view.event(31), null);
        assert.equal(await view.event(2 ** 52), null);
      });
    },
  );

  storeTest(open, "keeps minWriter with the head and times up to the largest safe integer", async ({ store }) => {
    const { next, events } = follow(null, "one");
    const at = Number.MAX_SAFE_INTEGER;
    await store.transact("w", (session) =>
      session.append(
        null,
        { ...next, minWriter: 7 },
        events.map((event) => ({ ...event, at })),
        [],
      ),
    );
    await store.read("w", async (view) => {
      assert.deepEqual(await view.head(), { ...next, minWriter: 7 });
      assert.equal((await view.event(1))?.at, at);
    });
  });

  storeTest(
    open,
    "loads in the order of the keys, null where there is no row, the same key as often as asked",
    async ({ store }) => {
      await put(store, "w", "e", [
        { key: "a", bytes: "1" },
        { key: "b", bytes: "2" },
      ]);
      assert.deepEqual(await store.read("w", (view) => view.load(["b", "none", "a", "b", ""])), [
        "2",
        null,
        "1",
        "2",
        null,
      ]);
      assert.deepEqual(await store.read("w", (view) => view.load([])), []);
    },
  );

  storeTest(open, "loads thousands of keys at once", async ({ store }) => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({ key: `k/${index}`, bytes: `v${index}` }));
    await put(store, "w", "e", rows);
    const found = await store.read("w", (view) => view.load([...rows.map(({ key }) => key), "k/5000"]));
    assert.deepEqual(found, [...rows.map(({ bytes }) => bytes), null]);
  });

  storeTest(open, "replaces and deletes rows, and makes a deleted one anew", async ({ store }) => {
    await put(store, "w", "1", [
      { key: "a", bytes: "old" },
      { key: "b", bytes: "b" },
    ]);
    await put(store, "w", "2", [
      { key: "a", bytes: "new" },
      { key: "b", bytes: null },
      { key: "never", bytes: null },
    ]);
    assert.deepEqual(await store.read("w", (view) => view.load(["a", "b", "never"])), ["new", null, null]);
    await put(store, "w", "3", [{ key: "b", bytes: "again" }]);
    assert.deepEqual(await store.read("w", (view) => view.rows({ prefix: "", limit: 9 })), [
      { key: "a", bytes: "new" },
      { key: "b", bytes: "again" },
    ]);
  });

  storeTest(open, "copies what it is given: changing an event afterwards changes nothing stored", async ({ store }) => {
    const { next, events } = follow(null, "as it was");
    const given = events.map((event) => ({ ...event }));
    await store.transact("w", (session) => session.append(null, next, given, []));
    for (const event of given) event.bytes = "forged";
    assert.deepEqual(await store.read("w", (view) => view.events(0, 9)), events);
  });
}
