// Workspaces share a store and nothing else.

import assert from "node:assert/strict";
import type { Open } from "./opened.ts";
import { everything, put } from "../growth.ts";
import { storeTest } from "./with-store.ts";

const IDS: readonly string[] = [
  "a",
  "a/b",
  "A",
  "a%",
  "_",
  "main-1f2e3d4c",
  "w'--",
  "漢字",
  "\uffff",
  "\u{1f600}",
  "x".repeat(512),
];

export function workspaces(open: Open): void {
  storeTest(open, "keeps the logs, rows and sequences of workspaces apart, whatever their names", async ({ store }) => {
    for (const round of ["1", "2"]) {
      for (const id of IDS)
        await put(store, id, `${id} ${round}`, [
          { key: "row", bytes: `${id} ${round}` },
          { key: `only/${round}`, bytes: id },
        ]);
    }
    for (const id of IDS) {
      await store.read(id, async (view) => {
        assert.equal((await view.head())?.sequence, 2);
        assert.deepEqual(
          (await view.events(0, 99)).map(({ bytes }) => bytes),
          [`${id} 1`, `${id} 2`],
        );
        assert.deepEqual(
          (await view.rows({ prefix: "", limit: 99 })).map(({ key }) => key),
          ["only/1", "only/2", "row"],
        );
        assert.deepEqual(await view.load(["row"]), [`${id} 2`]);
      });
    }
  });

  storeTest(open, "lists them in the order of their UTF-8 bytes", async ({ store }) => {
    assert.deepEqual(await store.workspaces(), []);
    for (const id of IDS) await put(store, id, "1");
    assert.deepEqual(
      await store.workspaces(),
      [...IDS].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
  });

  storeTest(
    open,
    "shows nothing of a workspace that is not there, and does not make it by looking",
    async ({ store }) => {
      await put(store, "w", "1", [{ key: "a", bytes: "1" }]);
      assert.deepEqual(await everything(store, "nobody"), { head: null, events: [], rows: [], counters: new Map() });
      assert.equal(await store.transact("nobody", async (session) => (await session.load(["a"]))[0]), null);
      assert.deepEqual(await store.workspaces(), ["w"]);
    },
  );
}
