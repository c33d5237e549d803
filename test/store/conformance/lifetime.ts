// What was acknowledged is there after the store is closed and opened again.

import assert from "node:assert/strict";
import type { Open } from "./opened.ts";
import { everything, follow, put } from "../growth.ts";
import { storeTest } from "./with-store.ts";

export function lifetime(open: Open): void {
  storeTest(open, "keeps everything across a reopening", async ({ store, reopen }) => {
    for (let count = 1; count <= 50; count += 1)
      await put(store, "w", `event ${count}`, [{ key: `row/${count % 7}`, bytes: `\u{1f600} ${count}` }]);
    await put(store, "other", "1", [{ key: "a", bytes: null }]);
    await store.transact("w", (session) => session.count("n", 3));
    if (reopen === undefined) return;
    const before = [await everything(store, "w"), await everything(store, "other"), await store.workspaces()];
    const again = await reopen();
    assert.deepEqual(
      [await everything(again, "w"), await everything(again, "other"), await again.workspaces()],
      before,
    );
    assert.equal((await put(again, "w", "more")).sequence, 51);
    await again.close();
  });

  storeTest(open, "tells what it is", async ({ store }) => {
    const facts = await store.facts();
    assert.equal(facts.kind, store.kind);
    assert.equal(facts.path === null, store.kind === "memory");
  });

  storeTest(open, "finds nothing wrong below what it wrote, changed and deleted", async ({ store }) => {
    assert.deepEqual(await store.check(), []);
    for (let count = 1; count <= 40; count += 1) {
      const bytes = count % 5 === 0 ? null : JSON.stringify({ what: `Café number ${count}`, of: count % 3 });
      await put(store, "w", `${count}`, [{ key: `lesson/${count % 7}`, bytes }]);
      await put(store, `other ${count % 2}`, `${count}`, [{ key: "a", bytes: "1" }]);
    }
    await store.transact("w", (session) => session.count("n", 3));
    assert.deepEqual(await store.check(), []);
  });

  storeTest(open, "takes a long batch in one append", async ({ store }) => {
    const texts = Array.from({ length: 2_000 }, (_, index) => `event ${index}`);
    const { next, events } = follow(null, ...texts);
    const rows = texts.map((bytes, index) => ({ key: `row/${index}`, bytes }));
    await store.transact("w", (session) => session.append(null, next, events, rows));
    const found = await store.read("w", (view) => view.events(0, 2_000));
    assert.deepEqual(found, events);
  });
}
