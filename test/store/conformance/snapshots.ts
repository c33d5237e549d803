// A read is one moment: writers go on beside it, and nothing of theirs shows.

import assert from "node:assert/strict";
import type { View } from "../../../src/store/index.ts";
import type { Open } from "./opened.ts";
import { follow, put, rowOf } from "../growth.ts";
import { gate } from "../support.ts";
import { storeTest } from "./with-store.ts";

async function look(view: View): Promise<object> {
  return {
    head: await view.head(),
    load: await view.load(["a", "b", "c"]),
    events: await view.events(0, 99),
    rows: await view.rows({ prefix: "", limit: 99 }),
    counters: [...(await view.counters())],
  };
}

export function snapshots(open: Open): void {
  storeTest(open, "shows a read one moment while writers commit, delete and count beside it", async ({ store }) => {
    await put(store, "w", "1", [
      { key: "a", bytes: "1" },
      { key: "b", bytes: "1" },
    ]);
    await store.transact("w", (session) => session.count("n", 1));
    await store.read("w", async (view) => {
      const before = await look(view);
      await put(store, "w", "2", [
        { key: "a", bytes: "2" },
        { key: "b", bytes: null },
        { key: "c", bytes: "2" },
      ]);
      await store.transact("w", (session) => session.count("n", 5));
      await put(store, "w", "3", [{ key: "b", bytes: "3" }]);
      assert.deepEqual(await look(view), before);
    });
    await store.read("w", async (view) => {
      assert.deepEqual(await view.load(["a", "b", "c"]), ["2", "3", "2"]);
      assert.deepEqual(await view.counters(), new Map([["n", 6]]));
    });
  });

  storeTest(open, "fixes the moment when the read starts, not when it first looks", async ({ store }) => {
    await put(store, "w", "1", [{ key: "a", bytes: "1" }]);
    await store.read("w", async (view) => {
      await put(store, "w", "2", [{ key: "a", bytes: "2" }]);
      assert.deepEqual(await view.load(["a"]), ["1"]);
    });
  });

  storeTest(open, "keeps several overlapping reads apart, each at its own moment", async ({ store }) => {
    const finish = gate();
    const reads: Promise<string | null | undefined>[] = [];
    for (const value of ["0", "1", "2"]) {
      await put(store, "w", value, [{ key: "a", bytes: value }]);
      const started = gate();
      reads.push(
        store.read("w", async (view) => {
          started.open();
          await finish.opened;
          return (await view.load(["a"]))[0];
        }),
      );
      await started.opened;
    }
    await put(store, "w", "last", [{ key: "a", bytes: null }]);
    finish.open();
    assert.deepEqual(await Promise.all(reads), ["0", "1", "2"]);
    assert.equal(await rowOf(store, "w", "a"), null);
  });

  storeTest(
    open,
    "lets many reads at once all finish, each seeing what was acknowledged before it",
    async ({ store }) => {
      await put(store, "w", "1", [{ key: "a", bytes: "1" }]);
      const found = await Promise.all(Array.from({ length: 50 }, () => rowOf(store, "w", "a")));
      assert.deepEqual(new Set(found), new Set(["1"]));
    },
  );

  storeTest(open, "hides a transaction from readers until it commits, and shows it to itself", async ({ store }) => {
    await put(store, "w", "1", [{ key: "a", bytes: "1" }]);
    await store.transact("w", async (session) => {
      const head = await session.head();
      const { next, events } = follow(head, "2");
      await session.append(head, next, events, [
        { key: "a", bytes: "2" },
        { key: "b", bytes: "2" },
      ]);
      await session.count("n", 1);
      assert.deepEqual(await session.head(), next);
      assert.deepEqual(await session.load(["a", "b"]), ["2", "2"]);
      assert.equal((await session.event(2))?.bytes, "2");
      assert.deepEqual(await session.counters(), new Map([["n", 1]]));
      await store.read("w", async (view) => {
        assert.deepEqual(await view.head(), head);
        assert.deepEqual(await view.load(["a", "b"]), ["1", null]);
        assert.deepEqual(await view.rows({ prefix: "", limit: 9 }), [{ key: "a", bytes: "1" }]);
        assert.equal(await view.event(2), null);
        assert.deepEqual(await view.counters(), new Map());
      });
    });
    assert.equal(await rowOf(store, "w", "b"), "2");
  });

  storeTest(open, "gives a session the same moment from first to last look", async ({ store }) => {
    await put(store, "w", "1", [{ key: "a", bytes: "1" }]);
    await store.transact("w", async (session) => {
      const before = await look(session);
      await rowOf(store, "w", "a");
      assert.deepEqual(await look(session), before);
    });
  });
}
