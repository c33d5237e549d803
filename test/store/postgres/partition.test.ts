// A network that is parted: the primary says nothing any more, not even that it is gone, while another host could be
// asked. What is under way finds that host within one patience more, and what comes later at once.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Store } from "../../../src/store/index.ts";
import { freshUrl, openTestStore, startServer } from "../../support/postgres.ts";
import { TcpProxy } from "../../support/tcp-proxy.ts";
import { headOf, put, rowOf } from "../growth.ts";
import { gate } from "../support.ts";

const PATIENCE_MS = 1_000;
/** A store that waits for a server that is silent would wait for ever. */
const HANGS_MS = 20_000;
const NAMES = ["a", "b", "c", "d", "e", "f"];

const server = await startServer();
after(() => server.close());

/** Reads that stand side by side, so that each has a connection of its own. */
async function readSideBySide(store: Store, names: readonly string[]): Promise<void> {
  const all = gate();
  let inside = 0;
  const read = async (name: string): Promise<void> =>
    store.read(name, async () => {
      if ((inside += 1) === names.length) all.open();
      await all.opened;
    });
  await Promise.all(names.map(read));
}

type Parted = { readonly store: Store; readonly proxy: TcpProxy };

/** A store with many connections to the first of two hosts, which then falls silent; the second is the same server. */
async function parted(work: (parted: Parted) => Promise<void>): Promise<void> {
  const proxy = await TcpProxy.to(server.port);
  const url = (await freshUrl(server)).replace("@", `@127.0.0.1:${proxy.port},`);
  const store = await openTestStore(url, { patienceMs: PATIENCE_MS });
  try {
    await Promise.all(NAMES.map((name) => put(store, name, "1", [{ key: "k", bytes: "before" }])));
    await readSideBySide(store, NAMES);
    proxy.swallow();
    await work({ store, proxy });
  } finally {
    await store.close();
    await proxy.close();
  }
}

test("of many connections to a host that fell silent one is waited for, and the next host is asked", async () => {
  await parted(async ({ store, proxy }) => {
    const [accepted, startedMs] = [proxy.accepted, performance.now()];
    await put(store, "a", "2", [{ key: "k", bytes: "after" }]);
    const tookMs = performance.now() - startedMs;
    assert.ok(tookMs < 3 * PATIENCE_MS, `a command took ${tookMs} ms`);
    assert.equal(proxy.accepted, accepted, "the silent host was asked again before the other one");
    for (const name of NAMES) await put(store, name, "3");
    for (const name of NAMES) assert.equal(await rowOf(store, name, "k"), name === "a" ? "after" : "before");
    const allMs = performance.now() - startedMs;
    assert.ok(allMs < 4 * PATIENCE_MS, `all took ${allMs} ms`);
  });
});

const FIRST: readonly (readonly [what: string, work: (store: Store) => Promise<unknown>])[] = [
  ["commands of many workspaces at once", (store) => Promise.all(NAMES.map((name) => put(store, name, "2")))],
  ["a read", (store) => headOf(store, "a")],
  ["reads at once", (store) => Promise.all(NAMES.map((name) => headOf(store, name)))],
  ["the list of workspaces", (store) => store.workspaces()],
  ["the facts", (store) => store.facts()],
  ["the check", (store) => store.check()],
  ["a work that reads before it writes", (store) => store.transact("a", (session) => session.load(["k"]))],
];

for (const [what, work] of FIRST) {
  test(`${what}, first to meet the silence: ends well`, async () => {
    await parted(async ({ store }) => {
      await work(store);
      assert.equal(await rowOf(store, "a", "k"), "before");
    });
  });
}

test("a store is closed though its server is silent", { timeout: HANGS_MS }, async () => {
  await parted(async ({ store }) => {
    const startedMs = performance.now();
    await store.close();
    const tookMs = performance.now() - startedMs;
    assert.ok(tookMs < 5_000, `closing took ${tookMs} ms`);
  });
});
