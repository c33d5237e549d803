// An append happens only on top of the head that the work saw; otherwise the work runs again and sees the true one.

import assert from "node:assert/strict";
import type { StoredHead } from "../../../src/store/index.ts";
import { StoreDefect } from "../../../src/store/index.ts";
import type { Open } from "./opened.ts";
import { everything, follow, headOf, put } from "../growth.ts";
import { rejection } from "../support.ts";
import { storeTest } from "./with-store.ts";

type Stale = { readonly what: string; readonly of: (head: StoredHead) => StoredHead | null };

const STALE: readonly Stale[] = [
  { what: "none", of: () => null },
  { what: "an older one", of: () => follow(null, "1").next },
  { what: "one with another hash", of: (head) => ({ ...head, hash: "0".repeat(64) }) },
  { what: "one of another minWriter", of: (head) => ({ ...head, minWriter: head.minWriter + 1 }) },
  { what: "a later one", of: (head) => follow(head, "3").next },
];

export function compareAndSet(open: Open): void {
  for (const { what, of } of STALE) {
    storeTest(
      open,
      `runs the work again when the expected head is ${what}, and writes nothing of the first run`,
      async ({ store }) => {
        await put(store, "w", "1");
        const known = await put(store, "w", "2");
        let runs = 0;
        const result = await store.transact("w", async (session) => {
          runs += 1;
          await session.count("runs that counted", 1);
          const expected = runs === 1 ? of(known) : await session.head();
          const { next, events } = follow(expected, `run ${runs}`);
          await session.append(expected, next, events, [{ key: `run/${runs}`, bytes: "x" }]);
          return runs;
        });
        assert.equal(result, 2);
        assert.equal((await headOf(store, "w"))?.sequence, 3);
        await store.read("w", async (view) => {
          assert.deepEqual(
            (await view.events(0, 9)).map(({ bytes }) => bytes),
            ["1", "2", "run 2"],
          );
          assert.deepEqual(await view.rows({ prefix: "run/", limit: 9 }), [{ key: "run/2", bytes: "x" }]);
          assert.deepEqual(await view.counters(), new Map([["runs that counted", 1]]));
        });
      },
    );
  }

  storeTest(open, "runs the work again when it expects a log where there is none", async ({ store }) => {
    let runs = 0;
    await store.transact("w", async (session) => {
      runs += 1;
      const expected = runs === 1 ? follow(null, "imagined").next : await session.head();
      const { next, events } = follow(expected, "real");
      await session.append(expected, next, events, []);
    });
    assert.equal(runs, 2);
    assert.equal((await headOf(store, "w"))?.sequence, 1);
  });

  storeTest(
    open,
    "runs the work again even when it swallows the refusal or throws something else over it",
    async ({ store }) => {
      await put(store, "w", "1");
      for (const reaction of ["swallows", "throws"]) {
        let runs = 0;
        await store.transact("w", async (session) => {
          runs += 1;
          const expected = runs === 1 ? null : await session.head();
          const { next, events } = follow(expected, reaction);
          await session.append(expected, next, events, []).catch(() => {
            if (reaction === "throws") throw new Error("something else");
          });
        });
        assert.equal(runs, 2, reaction);
      }
      assert.equal((await headOf(store, "w"))?.sequence, 3);
    },
  );

  storeTest(
    open,
    "gives up with a defect, and writes nothing, when the work never takes the head from its session",
    async ({ store }) => {
      await put(store, "w", "1");
      const before = await everything(store, "w");
      let runs = 0;
      const stubborn = store.transact("w", async (session) => {
        runs += 1;
        const { next, events } = follow(null, "again");
        await session.append(null, next, events, []);
      });
      const error = await rejection(stubborn);
      assert.ok(error instanceof StoreDefect);
      assert.match(error.message, /^append expected head none, found 1 [0-9a-f]{12} writer 1, 16 times: /);
      assert.equal(runs, 16);
      assert.deepEqual(await everything(store, "w"), before);
    },
  );
}
