// Transactions that share a wait for the disk are transactions like any other: in the order they came, and readable once
// they are answered.

import assert from "node:assert/strict";
import type { Store } from "../../../src/store/index.ts";
import type { Open } from "./opened.ts";
import { follow, rowOf } from "../growth.ts";
import { storeTest } from "./with-store.ts";

function add(store: Store, number: number, shared: boolean): Promise<number> {
  const work: Parameters<typeof store.transact<number>>[1] = async (session) => {
    const head = await session.head();
    const { next, events } = follow(head, `event ${number}`);
    await session.append(head, next, events, [{ key: "last", bytes: String(number) }]);
    return next.sequence;
  };
  return store.transact("w", work, { shared });
}

export function shared(open: Open): void {
  storeTest(open, "transactions that share a wait keep the order in which they came", async ({ store }) => {
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
    // Some share and some do not, in one row.
    const sequences = await Promise.all(numbers.map((number) => add(store, number, number % 3 > 0)));
    assert.deepEqual(sequences, numbers);
    assert.equal(await rowOf(store, "w", "last"), "40");
  });

  storeTest(open, "an answer of a shared transaction is there for the next read", async ({ store }) => {
    const seen = [1, 2, 3, 4, 5, 6].map(async (number) => {
      const sequence = await add(store, number, true);
      return ((await store.read("w", (view) => view.head()))?.sequence ?? 0) >= sequence;
    });
    assert.deepEqual(new Set(await Promise.all(seen)), new Set([true]));
  });

  storeTest(open, "closing waits for shared transactions under way", async ({ store, reopen }) => {
    const asked = [1, 2, 3].map((number) => add(store, number, true));
    if (reopen === undefined) return void (await Promise.all(asked));
    const again = await reopen();
    assert.deepEqual(await Promise.all(asked), [1, 2, 3]);
    assert.equal((await again.read("w", (view) => view.head()))?.sequence, 3);
    await again.close();
  });
}
