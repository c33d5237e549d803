// All of a transaction is written, or nothing.

import assert from "node:assert/strict";
import type { RowChange } from "../../../src/store/index.ts";
import { StoreDefect } from "../../../src/store/index.ts";
import type { Open } from "./opened.ts";
import { everything, follow, put } from "../growth.ts";
import { rejection } from "../support.ts";
import { storeTest } from "./with-store.ts";

export function atomicity(open: Open): void {
  storeTest(
    open,
    "writes nothing when the work throws after it appended, and passes the error through",
    async ({ store }) => {
      await put(store, "w", "1", [
        { key: "a", bytes: "1" },
        { key: "b", bytes: "1" },
      ]);
      const before = await everything(store, "w");
      const mine = new Error("mine");
      const failing = store.transact("w", async (session) => {
        const head = await session.head();
        const { next, events } = follow(head, "2", "3");
        await session.append(head, next, events, [
          { key: "a", bytes: "2" },
          { key: "b", bytes: null },
          { key: "c", bytes: "2" },
        ]);
        await session.count("n", 1);
        throw mine;
      });
      assert.equal(await rejection(failing), mine);
      assert.deepEqual(await everything(store, "w"), before);
    },
  );

  storeTest(open, "leaves no trace of a workspace whose first transaction failed", async ({ store }) => {
    const failing = store.transact("new", async (session) => {
      const { next, events } = follow(null, "1");
      await session.append(null, next, events, [{ key: "a", bytes: "1" }]);
      throw new Error("mine");
    });
    await rejection(failing);
    assert.deepEqual(await store.workspaces(), []);
    await put(store, "other", "1", [{ key: "a", bytes: "other" }]);
    await put(store, "new", "1", [{ key: "a", bytes: "new" }]);
    assert.deepEqual(await store.read("new", (view) => view.load(["a"])), ["new"]);
  });

  const badRows: readonly (readonly [string, RowChange])[] = [
    ["a lone surrogate", { key: "z", bytes: "half \ud83d" }],
    ["NUL", { key: "z", bytes: "a\0b" }],
    ["a key with a lone surrogate", { key: "\udc00", bytes: "1" }],
    ["an empty key", { key: "", bytes: "1" }],
    ["a key given twice", { key: "a", bytes: "1" }],
  ];
  for (const [what, bad] of badRows) {
    storeTest(open, `writes nothing of an append in which one row has ${what}`, async ({ store }) => {
      await put(store, "w", "1", [{ key: "a", bytes: "1" }]);
      const before = await everything(store, "w");
      const failing = store.transact("w", async (session) => {
        const head = await session.head();
        const { next, events } = follow(head, "2");
        await session.append(head, next, events, [{ key: "a", bytes: "2" }, { key: "b", bytes: "2" }, bad]);
      });
      assert.ok((await rejection(failing)) instanceof StoreDefect);
      assert.deepEqual(await everything(store, "w"), before);
    });
  }

  storeTest(open, "commits nothing when the work swallows the error of a failed append", async ({ store }) => {
    await put(store, "w", "1");
    const before = await everything(store, "w");
    const failing = store.transact("w", async (session) => {
      await session.count("n", 1);
      const head = await session.head();
      const { next, events } = follow(head, "bad \0");
      await session.append(head, next, events, []).catch(() => undefined);
      return "looks fine";
    });
    assert.ok((await rejection(failing)) instanceof StoreDefect);
    assert.deepEqual(await everything(store, "w"), before);
  });

  storeTest(open, "goes on normally after a failed transaction", async ({ store }) => {
    await rejection(store.transact("w", () => Promise.reject(new Error("mine"))));
    const head = await put(store, "w", "1", [{ key: "a", bytes: "1" }]);
    assert.equal(head.sequence, 1);
  });

  storeTest(
    open,
    "returns what the work returns, and writes nothing when the work wrote nothing",
    async ({ store }) => {
      assert.equal(await store.transact("w", async (session) => (await session.load(["a"]))[0] ?? "none"), "none");
      assert.deepEqual(await store.workspaces(), []);
      assert.equal(await store.read("w", async () => 42), 42);
    },
  );

  storeTest(open, "passes an error of a read through", async ({ store }) => {
    const mine = new Error("mine");
    assert.equal(await rejection(store.read("w", () => Promise.reject(mine))), mine);
    assert.equal(await store.read("w", (view) => view.head()), null);
  });
}
