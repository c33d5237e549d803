// Rows under a prefix serve as a queue: the first is looked at and taken out, others come in anywhere, any number of times.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { RowChange, Store } from "../../../src/store/index.ts";
import type { Open } from "./opened.ts";
import { follow, put } from "../growth.ts";
import { seed } from "../support.ts";
import { storeTest } from "./with-store.ts";

function keyOf(due: number): string {
  return `due/${String(due).padStart(6, "0")}`;
}

function additions(dues: readonly number[]): RowChange[] {
  return dues.map((due) => ({ key: keyOf(due), bytes: `work ${due}` }));
}

/** Takes the first row out and puts others in, in one transaction; the key that was taken. */
function takeFirst(store: Store, added: readonly RowChange[] = []): Promise<string | null> {
  return store.transact("w", async (session) => {
    const head = await session.head();
    const [first] = await session.rows({ prefix: "due/", limit: 1 });
    const taken = first === undefined ? [] : [{ key: first.key, bytes: null }];
    const kept = added.filter(({ key }) => key !== first?.key);
    const { next, events } = follow(head, "taken");
    await session.append(head, next, events, [...taken, ...kept]);
    return first?.key ?? null;
  });
}

async function drain(store: Store): Promise<string[]> {
  const taken: string[] = [];
  for (;;) {
    const key = await takeFirst(store);
    if (key === null) return taken;
    taken.push(key);
  }
}

export function queueing(open: Open): void {
  storeTest(
    open,
    "gives the rows of a queue in order, whatever order they came in, and then none",
    async ({ store }) => {
      const dues = Array.from({ length: 300 }, (_, index) => (index * 7_919) % 300);
      await put(store, "w", "e", [...additions(dues), { key: "due", bytes: "-" }, { key: "due0", bytes: "-" }]);
      assert.deepEqual(await drain(store), dues.map(keyOf).sort());
      const rest = await store.read("w", (view) => view.rows({ prefix: "", limit: 9 }));
      assert.deepEqual(
        rest.map(({ key }) => key),
        ["due", "due0"],
      );
    },
  );

  storeTest(
    open,
    "takes what is first at each moment, as a sorted list would, while rows come in",
    async ({ store }) => {
      const steps = fc.array(fc.uniqueArray(fc.nat(400), { maxLength: 4 }), { minLength: 1, maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(steps, async (batches) => {
          await drain(store);
          const model = new Set<string>();
          for (const batch of batches) {
            const first = [...model].sort()[0] ?? null;
            assert.equal(await takeFirst(store, additions(batch)), first);
            for (const due of batch) model.add(keyOf(due));
            if (first !== null) model.delete(first);
          }
          const rest = await store.read("w", (view) => view.rows({ prefix: "due/", limit: 1_000 }));
          assert.deepEqual(
            rest.map(({ key }) => key),
            [...model].sort(),
          );
        }),
        { seed, numRuns: 20 },
      );
    },
  );

  storeTest(open, "puts a row back when the one that took it failed", async ({ store }) => {
    await put(store, "w", "e", additions([2, 1, 3]));
    const failing = store.transact("w", async (session) => {
      const head = await session.head();
      const { next, events } = follow(head, "taken");
      await session.append(head, next, events, [{ key: keyOf(1), bytes: null }, ...additions([0])]);
      const [first] = await session.rows({ prefix: "due/", limit: 1 });
      assert.equal(first?.key, keyOf(0));
      throw new Error("mine");
    });
    await assert.rejects(failing, /mine/);
    assert.deepEqual(await drain(store), [1, 2, 3].map(keyOf));
  });

  storeTest(
    open,
    "pages on over a queue that changes between the pages, missing nothing that stayed",
    async ({ store }) => {
      await put(store, "w", "e", additions([10, 20, 30, 40, 50, 60]));
      const page = (after: number): Promise<string[]> =>
        store.read("w", async (view) =>
          (await view.rows({ prefix: "due/", after: keyOf(after), limit: 2 })).map(({ key }) => key),
        );
      assert.deepEqual(await page(0), [10, 20].map(keyOf));
      await put(store, "w", "e", [
        ...additions([5, 15, 25, 65]),
        ...[10, 20, 30].map((due) => ({ key: keyOf(due), bytes: null })),
      ]);
      assert.deepEqual(await page(20), [25, 40].map(keyOf));
      await put(store, "w", "e", [{ key: keyOf(40), bytes: null }]);
      assert.deepEqual(await page(40), [50, 60].map(keyOf));
      assert.deepEqual(await page(60), [65].map(keyOf));
    },
  );

  storeTest(
    open,
    "shows a reader the queue as it was, while its first rows are taken and come back",
    async ({ store }) => {
      await put(store, "w", "e", additions([1, 2, 3]));
      await store.read("w", async (view) => {
        const look = async (): Promise<string[]> =>
          (await view.rows({ prefix: "due/", limit: 9 })).map(({ key, bytes }) => `${key} ${bytes}`);
        const before = await look();
        await takeFirst(store);
        await takeFirst(store, [{ key: keyOf(1), bytes: "again" }]);
        await takeFirst(store);
        assert.deepEqual(await look(), before);
      });
      assert.deepEqual(await drain(store), [keyOf(3)]);
    },
  );
}
