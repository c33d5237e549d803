// Checkpoints: parts first, the header last; the last two keep their parts, every header stays.

import assert from "node:assert/strict";
import { StoreDefect } from "../../../src/store/index.ts";
import type { Store, StoredCheckpoint } from "../../../src/store/index.ts";
import { put } from "../growth.ts";
import { rejection } from "../support.ts";
import type { Open } from "./opened.ts";
import { storeTest } from "./with-store.ts";

const header = (sequence: number, parts = 2): StoredCheckpoint => ({
  sequence,
  hash: sequence.toString(16).padStart(64, "a"),
  at: 1_000 + sequence,
  rows: 7,
  rowsHash: "b".repeat(64),
  parts,
});

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

async function take(store: Store, sequence: number): Promise<boolean> {
  await store.checkpoints.savePart("w", sequence, 0, bytes(0, 255, sequence));
  await store.checkpoints.savePart("w", sequence, 1, bytes(sequence));
  return store.checkpoints.save("w", header(sequence));
}

async function kept(store: Store, sequence: number): Promise<readonly (readonly number[] | null)[]> {
  const parts = [0, 1].map((part) => store.checkpoints.part("w", sequence, part));
  return (await Promise.all(parts)).map((part) => (part === null ? null : [...part]));
}

export function checkpoints(open: Open): void {
  storeTest(open, "gives back a checkpoint as it was saved, after a reopening too", async ({ store, reopen }) => {
    await put(store, "w", "1", []);
    assert.deepEqual(await store.checkpoints.list("w"), []);
    assert.equal(await take(store, 9), true);
    const again = reopen === undefined ? store : await reopen();
    assert.deepEqual(await again.checkpoints.list("w"), [header(9)]);
    assert.deepEqual(await kept(again, 9), [[0, 255, 9], [9]]);
    assert.equal(await again.checkpoints.part("w", 9, 2), null);
    if (again !== store) await again.close();
  });

  storeTest(open, "keeps every header, and the parts of the last two checkpoints", async ({ store }) => {
    await put(store, "w", "1", []);
    for (const sequence of [10, 20, 30]) await take(store, sequence);
    const sequences = (await store.checkpoints.list("w")).map(({ sequence }) => sequence);
    assert.deepEqual(sequences, [10, 20, 30]);
    assert.deepEqual(await kept(store, 10), [null, null]);
    assert.deepEqual(await kept(store, 20), [[0, 255, 20], [20]]);
    assert.deepEqual(await kept(store, 30), [[0, 255, 30], [30]]);
  });

  storeTest(open, "saves no header over missing parts, nor one that comes too late", async ({ store }) => {
    await put(store, "w", "1", []);
    await store.checkpoints.savePart("w", 10, 0, bytes(1));
    assert.equal(await store.checkpoints.save("w", header(10)), false);
    assert.equal(await take(store, 20), true);
    assert.equal(await take(store, 20), false);
    assert.equal(await take(store, 15), false);
    assert.deepEqual(await store.checkpoints.list("w"), [header(20)]);
  });

  storeTest(open, "replaces a part, and forgets none of a checkpoint still in the making", async ({ store }) => {
    await put(store, "w", "1", []);
    await store.checkpoints.savePart("w", 40, 0, bytes(1));
    for (const sequence of [10, 20, 30]) await take(store, sequence);
    await store.checkpoints.savePart("w", 40, 0, bytes(2, 2));
    assert.deepEqual(await kept(store, 40), [[2, 2], null]);
    assert.equal(await store.checkpoints.save("w", header(40, 1)), true);
  });

  storeTest(open, "keeps checkpoints of workspaces apart, and has none of one without a log", async ({ store }) => {
    await put(store, "w", "1", []);
    await put(store, "v", "1", []);
    await take(store, 10);
    assert.deepEqual(await store.checkpoints.list("v"), []);
    assert.deepEqual(await store.checkpoints.list("nowhere"), []);
    for (const late of [store.checkpoints.savePart("no", 1, 0, bytes(1)), store.checkpoints.save("no", header(1, 0))])
      assert.ok((await rejection(late)) instanceof StoreDefect);
    assert.deepEqual(await store.workspaces(), ["v", "w"]);
  });

  storeTest(open, "changes nothing of the log, and sees no head move", async ({ store }) => {
    await put(store, "w", "1", [{ key: "a", bytes: "1" }]);
    const head = await store.read("w", (view) => view.head());
    await take(store, 10);
    assert.deepEqual(await store.read("w", (view) => view.head()), head);
    await put(store, "w", "2", [{ key: "a", bytes: "2" }]);
  });

  storeTest(open, "refuses misuse as a defect", async ({ store }) => {
    await put(store, "w", "1", []);
    const wrong = [
      store.checkpoints.savePart("w", 0, 0, bytes(1)),
      store.checkpoints.part("w", 1, -1),
      store.checkpoints.save("w", { ...header(5), rowsHash: "short" }),
      store.checkpoints.list(""),
    ];
    for (const one of wrong) assert.ok((await rejection(one)) instanceof StoreDefect);
    await store.close();
    assert.ok((await rejection(store.checkpoints.list("w"))) instanceof StoreDefect);
  });
}
