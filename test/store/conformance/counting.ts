// Counters stand outside the fold: kept with a transaction, with or without an append.

import assert from "node:assert/strict";
import { StoreDefect } from "../../../src/store/index.ts";
import type { Open } from "./opened.ts";
import { everything, follow, put } from "../growth.ts";
import { rejection } from "../support.ts";
import { storeTest } from "./with-store.ts";

export function counting(open: Open): void {
  storeTest(open, "adds up counters, up and down, apart for every name and workspace", async ({ store }) => {
    const hard = "throttled/\u{1f600} %_'";
    await store.transact("w", async (session) => {
      await session.count("a", 2);
      await session.count("a", 3);
      await session.count(hard, 1);
      assert.deepEqual(
        await session.counters(),
        new Map([
          ["a", 5],
          [hard, 1],
        ]),
      );
    });
    await store.transact("w", (session) => session.count("a", -1));
    await store.transact("other", (session) => session.count("a", 100));
    assert.deepEqual(
      await store.read("w", (view) => view.counters()),
      new Map([
        ["a", 4],
        [hard, 1],
      ]),
    );
    assert.deepEqual(await store.read("other", (view) => view.counters()), new Map([["a", 100]]));
    assert.deepEqual(await store.read("none", (view) => view.counters()), new Map());
  });

  storeTest(open, "commits a count together with an append, before or after it", async ({ store }) => {
    await store.transact("w", async (session) => {
      await session.count("before", 1);
      const { next, events } = follow(null, "1");
      await session.append(null, next, events, []);
      await session.count("after", 1);
    });
    const counters = await store.read("w", (view) => view.counters());
    assert.deepEqual(
      counters,
      new Map([
        ["before", 1],
        ["after", 1],
      ]),
    );
  });

  storeTest(open, "takes a count back when the work throws", async ({ store }) => {
    await store.transact("w", (session) => session.count("a", 1));
    const before = await everything(store, "w");
    await rejection(
      store.transact("w", async (session) => {
        await session.count("a", 1);
        await session.count("b", 1);
        throw new Error("mine");
      }),
    );
    assert.deepEqual(await everything(store, "w"), before);
  });

  storeTest(open, "refuses a sum that is no safe whole number", async ({ store }) => {
    await store.transact("w", (session) => session.count("a", Number.MAX_SAFE_INTEGER));
    for (const by of [1, 0.5, NaN, Infinity]) {
      assert.ok(
        (await rejection(store.transact("w", (session) => session.count("a", by)))) instanceof StoreDefect,
        String(by),
      );
    }
    assert.ok((await rejection(store.transact("w", (session) => session.count("", 1)))) instanceof StoreDefect);
    assert.deepEqual(await store.read("w", (view) => view.counters()), new Map([["a", Number.MAX_SAFE_INTEGER]]));
  });

  storeTest(open, "neither needs nor makes a log", async ({ store }) => {
    await store.transact("w", (session) => session.count("a", 1));
    assert.deepEqual(await store.workspaces(), []);
    assert.equal(await store.read("w", (view) => view.head()), null);
    assert.equal((await put(store, "w", "1")).sequence, 1);
    assert.deepEqual(await store.workspaces(), ["w"]);
  });
}
