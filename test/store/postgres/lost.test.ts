// A connection that is lost in the middle of a commit: what was written is acknowledged once, what was not is done again,
// and nothing is ever done twice, however late the server gets to read it.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { StoreFault } from "../../../src/store/index.ts";
import type { Store } from "../../../src/store/index.ts";
import { freshUrl, openTestStore, PASSWORD, startServer } from "../../support/postgres.ts";
import { TcpProxy } from "../../support/tcp-proxy.ts";
import type { CutAt } from "../../support/tcp-proxy.ts";
import { follow, put } from "../growth.ts";
import { rejection } from "../support.ts";

const server = await startServer();
const proxy = await TcpProxy.to(server.port);
after(async () => {
  await proxy.close();
  await server.close();
});

type Opened = { readonly store: Store; readonly direct: Store; readonly url: string };

async function opened(work: (opened: Opened) => Promise<void>, patienceMs = 20_000): Promise<void> {
  const url = await freshUrl(server);
  const direct = await openTestStore(url);
  const store = await openTestStore(proxy.through(url), { patienceMs });
  try {
    await work({ store, direct, url });
  } finally {
    proxy.accept();
    await store.close();
    await direct.close();
  }
}

type Step = { readonly runs: number; readonly value: number };

/** Adds one to a row; `inRun` is called in each run, after the read. */
async function increment(store: Store, inRun: (run: number) => Promise<void>, readsOn = false): Promise<Step> {
  let runs = 0;
  const value = await store.transact("w", async (session) => {
    runs += 1;
    const head = await session.head();
    const [row] = await session.load(["n"]);
    await inRun(runs);
    const next = Number(row ?? 0) + 1;
    const growth = follow(head, `n is ${next}`);
    await session.append(head, growth.next, growth.events, [{ key: "n", bytes: String(next) }]);
    await session.count("increments", 1);
    if (readsOn) assert.deepEqual(await session.load(["n"]), [String(next)]);
    return next;
  });
  return { runs, value };
}

async function assertCounted(direct: Store, expected: number): Promise<void> {
  await direct.read("w", async (view) => {
    assert.deepEqual(await view.load(["n"]), [String(expected)]);
    assert.equal((await view.head())?.sequence, expected);
    assert.deepEqual(
      (await view.events(0, 99)).map(({ bytes }) => bytes),
      Array.from({ length: expected }, (_, index) => `n is ${index + 1}`),
    );
  });
}

const nothing = async (): Promise<void> => undefined;

const CUTS: readonly { readonly at: CutAt; readonly what: string; readonly runs: number }[] = [
  { at: "before", what: "before the server got it is done again", runs: 2 },
  { at: "after", what: "after the server carried it out is acknowledged, and not done again", runs: 1 },
  { at: "late", what: "and reaches the server later is done again, and the late one fails", runs: 2 },
];

for (const { at, what, runs } of CUTS) {
  for (const [message, readsOn] of [
    ["flush\0", false],
    ["COMMIT", true],
  ] as const) {
    test(`a ${readsOn ? "commit of a transaction" : "flush"} that is lost ${what}`, async () => {
      // A transaction whose COMMIT is held back keeps its lock until the server ends it: half the patience.
      const patienceMs = readsOn && at === "late" ? 1_000 : 20_000;
      await opened(async ({ store, direct }) => {
        // A log that is there, and one that is not yet.
        for (const before of [0, 1]) {
          const cut = proxy.cutOnce(message, at);
          const release = (run: number): Promise<void> => (run === 2 ? proxy.release() : nothing());
          const done = await increment(store, release, readsOn);
          await cut;
          assert.deepEqual(done, { runs, value: before + 1 });
          await assertCounted(direct, before + 1);
        }
      }, patienceMs);
    });
  }
}

test("a connection that is lost while the work reads costs the work nothing", async () => {
  await opened(async ({ store, direct }) => {
    await increment(store, nothing);
    const cut = proxy.cutOnce("rows\0", "before");
    assert.deepEqual(await increment(store, nothing), { runs: 1, value: 2 });
    await cut;
    await assertCounted(direct, 2);
  });
});

test("a transaction that is lost before its end runs again", async () => {
  await opened(async ({ store, direct }) => {
    await increment(store, nothing);
    let runs = 0;
    await store.transact("w", async (session) => {
      runs += 1;
      const head = await session.head();
      const { next, events } = follow(head, "n is 2");
      await session.append(head, next, events, [{ key: "n", bytes: "2" }]);
      assert.deepEqual(await session.load(["n"]), ["2"]);
      if (runs === 1) {
        const cut = proxy.cutOnce("event\0", "before");
        await session.event(2).catch(() => undefined);
        await cut;
      }
    });
    assert.equal(runs, 2);
    await assertCounted(direct, 2);
  });
});

test("while no server is there, a commit waits, and goes on when it is back", async () => {
  await opened(async ({ store, direct }) => {
    await increment(store, nothing);
    proxy.refuse();
    const waiting = increment(store, nothing);
    const looked = proxy.accepted;
    setTimeout(() => proxy.accept(), 200);
    assert.equal((await waiting).value, 2);
    assert.ok(proxy.accepted > looked);
    await assertCounted(direct, 2);
  });
});

test("when no server comes back, the fault says that the fate is unknown and the command may be sent again", async () => {
  await opened(async ({ store }) => {
    await increment(store, nothing);
    const cut = proxy.cutOnce("flush\0", "after").then(() => proxy.refuse());
    const error = await rejection(increment(store, nothing));
    await cut;
    assert.ok(error instanceof StoreFault);
    assert.equal(error.code, "store.io");
    assert.match(error.message, /whether it was written is not known\. send the same command id again/);
    assert.ok(!error.message.includes(PASSWORD) && !String(error.stack).includes(PASSWORD));
  }, 300);
});

test("a read that is cut off in the middle is a fault, and the next one finds a new connection", async () => {
  await opened(async ({ store }) => {
    await put(store, "w", "1", [{ key: "a", bytes: "1" }]);
    const cut = proxy.cutOnce("rows\0", "before");
    const error = await rejection(store.read("w", (view) => view.load(["a"])));
    await cut;
    assert.ok(error instanceof StoreFault && error.code === "store.io", String(error));
    assert.deepEqual(await store.read("w", (view) => view.load(["a"])), ["1"]);
  });
});
