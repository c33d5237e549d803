// Transactions of one process take turns: none sees another half done, none is lost, none is forgotten.

import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import type { Store } from "../../../src/store/index.ts";
import type { Open } from "./opened.ts";
import { follow, headOf, put, rowOf } from "../growth.ts";
import { gate, rejection } from "../support.ts";
import { storeTest } from "./with-store.ts";

function increment(store: Store, workspace: string): Promise<number> {
  return store.transact(workspace, async (session) => {
    const [head, [row]] = [await session.head(), await session.load(["n"])];
    const value = Number(row ?? 0) + 1;
    const { next, events } = follow(head, String(value));
    await session.append(head, next, events, [{ key: "n", bytes: String(value) }]);
    return value;
  });
}

export function turns(open: Open): void {
  storeTest(open, "loses no update among 200 increments started at once", async ({ store }) => {
    const values = await Promise.all(Array.from({ length: 200 }, () => increment(store, "w")));
    assert.deepEqual(
      values,
      Array.from({ length: 200 }, (_, index) => index + 1),
    );
    assert.equal(await rowOf(store, "w", "n"), "200");
    assert.equal((await headOf(store, "w"))?.sequence, 200);
    const events = await store.read("w", (view) => view.events(0, 999));
    assert.deepEqual(
      events.map(({ sequence, bytes }) => `${sequence} ${bytes}`),
      values.map((value) => `${value} ${value}`),
    );
  });

  storeTest(open, "runs them in the order they were called, one after the other", async ({ store }) => {
    const order: string[] = [];
    const step = (name: string) =>
      store.transact("w", async (session) => {
        order.push(`${name} starts`);
        await session.head();
        order.push(`${name} ends`);
      });
    await Promise.all([step("a"), step("b"), step("c")]);
    assert.deepEqual(order, ["a starts", "a ends", "b starts", "b ends", "c starts", "c ends"]);
  });

  storeTest(open, "goes on with the next turn when one throws", async ({ store }) => {
    const results = await Promise.allSettled([
      increment(store, "w"),
      store.transact("w", () => Promise.reject(new Error("mine"))),
      increment(store, "w"),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
    assert.equal(await rowOf(store, "w", "n"), "2");
  });

  storeTest(open, "lets reads pass a transaction that takes its time", async ({ store }) => {
    await put(store, "w", "1", [{ key: "a", bytes: "1" }]);
    const [inside, finish] = [gate(), gate()];
    const slow = store.transact("w", async () => {
      inside.open();
      await finish.opened;
    });
    await inside.opened;
    assert.equal(await rowOf(store, "w", "a"), "1");
    finish.open();
    await slow;
  });

  storeTest(
    open,
    "finishes the turns that wait when it is closed, and refuses later calls",
    async ({ store, reopen }) => {
      const waiting = [increment(store, "w"), increment(store, "w"), increment(store, "w")];
      const held = gate();
      const reading = store.read("w", () => held.opened);
      const closing = store.close();
      const late = [store.transact("w", async () => 1), store.read("w", async () => 1)];
      for (const call of late) assert.match((await rejection(call)).message, /^the store is closed$/);
      assert.deepEqual(await Promise.all(waiting), [1, 2, 3]);
      let closed = false;
      const noted = closing.then(() => (closed = true));
      // What does not wait is through after a few rounds of the event loop.
      for (let round = 0; round < 5; round += 1) await setImmediate();
      assert.equal(closed, false, "it closed under a reader");
      held.open();
      await reading;
      await noted;
      await store.close();
      if (reopen === undefined) return;
      const again = await reopen();
      assert.equal((await headOf(again, "w"))?.sequence, 3);
      await again.close();
    },
  );
}
