// Several kernels on one server, each with a store of its own: no update is lost, no verdict rests on rows that were no
// more, and workspaces do not hold each other up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { StoreFault } from "../../../src/store/index.ts";
import type { Session, Store } from "../../../src/store/index.ts";
import { dropSchema, freshUrl, openTestStore, testServer } from "../../support/postgres.ts";
import { everything, follow, headOf, put, rowOf } from "../growth.ts";
import { gate, rejection } from "../support.ts";

async function withStores(count: number, work: (stores: readonly Store[]) => Promise<void>): Promise<void> {
  const url = await freshUrl();
  const stores: Store[] = [];
  for (let made = 0; made < count; made += 1) stores.push(await openTestStore(url));
  try {
    await work(stores);
  } finally {
    for (const store of stores) await store.close();
    await dropSchema(url);
  }
}

function increment(store: Store, workspace: string, readsOn = false): Promise<number> {
  return store.transact(workspace, async (session) => {
    const [head, [row]] = [await session.head(), await session.load(["n"])];
    const value = Number(row ?? 0) + 1;
    const { next, events } = follow(head, String(value));
    await session.append(head, next, events, [{ key: "n", bytes: String(value) }]);
    if (readsOn) assert.deepEqual(await session.load(["n"]), [String(value)]);
    await session.count("done", 1);
    return value;
  });
}

for (const readsOn of [false, true]) {
  test(`stores that race on one workspace${readsOn ? ", reading on after their appends," : ""} lose no update`, async () => {
    await withStores(3, async (stores) => {
      const values = await Promise.all(
        stores.flatMap((store) => Array.from({ length: 30 }, () => increment(store, "w", readsOn))),
      );
      assert.deepEqual(
        values.toSorted((a, b) => a - b),
        Array.from({ length: 90 }, (_, index) => index + 1),
      );
      const [first] = stores;
      assert.ok(first !== undefined);
      assert.equal((await headOf(first, "w"))?.sequence, 90);
      assert.equal(await rowOf(first, "w", "n"), "90");
      assert.deepEqual(await first.read("w", (view) => view.counters()), new Map([["done", 90]]));
      const pictures = await Promise.all(stores.map((store) => everything(store, "w")));
      for (const picture of pictures) assert.deepEqual(picture, pictures[0]);
    });
  });
}

/** What another store does between two looks of a work shows as a second run of the work. */
async function runsUntilTrue(look: (session: Session, row: string) => Promise<string>): Promise<readonly string[]> {
  const seen: string[] = [];
  await withStores(2, async ([mine, other]) => {
    assert.ok(mine !== undefined && other !== undefined);
    await put(mine, "w", "1", [{ key: "a", bytes: "old" }]);
    const work = mine.transact("w", async (session) => {
      await session.head();
      if (seen.length === 0) await put(other, "w", "2", [{ key: "a", bytes: "new" }]);
      const [row] = await session.load(["a"]);
      seen.push(`${(await session.head())?.sequence} ${row}`);
      return await look(session, row ?? "");
    });
    seen.push(await work.catch((error: unknown) => (error instanceof Error ? error.message : "")));
  });
  return seen;
}

test("a verdict that wrote nothing stands on the head as it is, or is reached again", async () => {
  assert.deepEqual(await runsUntilTrue(async (_, row) => `refused for ${row}`), ["1 new", "2 new", "refused for new"]);
});

test("a work that throws over rows that were no more runs again", async () => {
  const thrown = (_: Session, row: string): Promise<string> => Promise.reject(new Error(`threw for ${row}`));
  assert.deepEqual(await runsUntilTrue(thrown), ["1 new", "2 new", "threw for new"]);
});

test("a count alone is kept once, of the run that stands", async () => {
  const counted = async (session: Session): Promise<string> => {
    await session.count("refused", 1);
    return String((await session.counters()).get("refused"));
  };
  assert.deepEqual(await runsUntilTrue(counted), ["1 new", "2 new", "1"]);
});

test("an append that the work throws away leaves nothing, and the error passes", async () => {
  await withStores(1, async ([store]) => {
    assert.ok(store !== undefined);
    const failing = store.transact("w", async (session) => {
      const { next, events } = follow(await session.head(), "1");
      await session.append(null, next, events, []);
      throw new Error("mine");
    });
    assert.equal((await rejection(failing)).message, "mine");
    assert.deepEqual(await store.workspaces(), []);
  });
});

test("reads that a work does not wait for hold up nothing that comes later", async () => {
  await withStores(1, async ([store]) => {
    assert.ok(store !== undefined);
    for (let n = 1; n <= 8; n += 1) {
      const late: Promise<unknown>[] = [];
      await store.transact("w", async (session) => {
        const head = await session.head();
        const { next, events } = follow(head, String(n));
        await session.append(head, next, events, [{ key: "n", bytes: String(n) }]);
        late.push(session.load(["n"]).catch((error: unknown) => error));
      });
      await Promise.all(late);
      assert.equal(await rowOf(store, "w", "n"), String(n));
    }
    assert.equal((await headOf(store, "w"))?.sequence, 8);
  });
});

test("who has lost twice holds the head, and cannot lose again", async () => {
  await withStores(2, async ([mine, other]) => {
    assert.ok(mine !== undefined && other !== undefined);
    for (const workspace of ["known", "new"]) {
      if (workspace === "known") await put(mine, workspace, "0");
      let runs = 0;
      const late: Promise<unknown>[] = [];
      await mine.transact(workspace, async (session) => {
        runs += 1;
        const head = await session.head();
        // A third time the other one must wait: it is not waited for.
        const others = put(other, workspace, `other ${runs}`);
        if (runs < 3 && !(workspace === "new" && runs > 3)) await others;
        else late.push(others);
        const { next, events } = follow(head, "mine");
        await session.append(head, next, events, []);
      });
      await Promise.all(late);
      assert.equal(runs, 3, workspace);
      const texts: string[] = await mine.read(workspace, async (view) =>
        (await view.events(0, 99)).map(({ bytes }) => bytes),
      );
      assert.deepEqual(texts.slice(-4), ["other 1", "other 2", "mine", "other 3"]);
    }
  });
});

test("one that is locked out of a new workspace makes it all the same", async () => {
  await withStores(2, async (stores) => {
    await Promise.all(stores.flatMap((store) => [increment(store, "w"), increment(store, "w", true)]));
    const [store] = stores;
    assert.ok(store !== undefined);
    assert.equal(await rowOf(store, "w", "n"), "4");
  });
});

test("workspaces of one process run side by side", async () => {
  await withStores(1, async ([store]) => {
    assert.ok(store !== undefined);
    const both = [gate(), gate()];
    await Promise.all(
      ["v", "w"].map((workspace, index) =>
        store.transact(workspace, async (session) => {
          both[index]?.open();
          // Each waits until the other is inside too.
          await both[1 - index]?.opened;
          const { next, events } = follow(await session.head(), "1");
          await session.append(null, next, events, []);
        }),
      ),
    );
    assert.deepEqual(await store.workspaces(), ["v", "w"]);
  });
});

test("commits of many workspaces that are ready at once go together", async () => {
  const { sql } = await testServer();
  await withStores(1, async ([store]) => {
    assert.ok(store !== undefined);
    const names = Array.from({ length: 40 }, (_, index) => `w${index}`);
    for (const name of names) await put(store, name, "1");
    const counted = async (): Promise<number> => Number((await sql("SELECT pg_current_xact_id()::text"))[0]?.[0]);
    const before = await counted();
    await Promise.all(names.map((name) => increment(store, name)));
    const transactions = (await counted()) - before - 1;
    // The first flies alone, the rest is gathered while it does.
    assert.ok(transactions <= 8, `${transactions} transactions for 40 workspaces`);
    for (const name of names) assert.equal(await rowOf(store, name, "n"), "1");
  });
});

test("of commits that go together, the one that lost its race and the one that cannot be fail alone", async () => {
  await withStores(2, async ([store, other]) => {
    assert.ok(store !== undefined && other !== undefined);
    const names = ["a", "b", "c", "d", "e"];
    for (const name of names) await put(store, name, "1");
    await store.transact("d", (session) => session.count("full", Number.MAX_SAFE_INTEGER));
    await put(other, "b", "from another store");
    const results = await Promise.allSettled(
      names.map((name) =>
        store.transact(name, async (session) => {
          const head = await session.head();
          const { next, events } = follow(head, "2");
          await session.append(head, next, events, [{ key: "n", bytes: name }]);
          if (name === "d") await session.count("full", 1);
        }),
      ),
    );
    assert.deepEqual(
      results.map(({ status }) => status),
      ["fulfilled", "fulfilled", "fulfilled", "rejected", "fulfilled"],
    );
    assert.deepEqual(await Promise.all(names.map((name) => rowOf(store, name, "n"))), ["a", "b", "c", null, "e"]);
    assert.equal((await headOf(store, "b"))?.sequence, 3);
  });
});

test("a clock that is off stops all writing and no reading", async () => {
  const url = await freshUrl();
  const right = await openTestStore(url);
  await put(right, "w", "1", [{ key: "a", bytes: "1" }]);
  for (const [offMs, way] of [
    [-1_000, "behind"],
    [1_000, "ahead of"],
  ] as const) {
    const store = await openTestStore(url, { clock: () => Date.now() + offMs });
    const error = await rejection(put(store, "w", "2"));
    assert.ok(error instanceof StoreFault && error.code === "store.clock", String(error));
    assert.match(
      error.message,
      new RegExp(`^this machine's clock is \\d+ ms ${way} that of .*, limit 250 ms: nothing`),
    );
    assert.equal(await rowOf(store, "w", "a"), "1");
    assert.ok(Math.abs(((await store.facts()).server?.clockOffsetMs ?? 0) + offMs) < 500);
    await store.close();
  }
  assert.equal((await headOf(right, "w"))?.sequence, 1);
  await right.close();
  await dropSchema(url);
});
