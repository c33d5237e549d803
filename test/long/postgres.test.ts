// A PostgreSQL server that is killed again and again under several stores: what was acknowledged is there, once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPostgresStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { follow } from "../store/growth.ts";
import { startServer } from "../support/postgres.ts";

const KILLS = 6;
const STORES = 3;
const COMMITS_BETWEEN = 40;

/** Appends a text of its own, which may be refused for want of a server; true once it is acknowledged. */
async function mark(store: Store, workspace: string, text: string): Promise<void> {
  await store.transact(workspace, async (session) => {
    const head = await session.head();
    const [row] = await session.load(["n"]);
    const { next, events } = follow(head, text);
    await session.append(head, next, events, [{ key: "n", bytes: String(Number(row ?? 0) + 1) }]);
  });
}

test(`${KILLS} kills of the server lose no acknowledged append and double none`, async () => {
  const server = await startServer([]);
  const open = (): Promise<Store> => openPostgresStore({ url: server.url, create: true, singleNode: true });
  const stores = await Promise.all(Array.from({ length: STORES }, open));
  const acknowledged: string[] = [];
  let isOver = false;
  const busy = stores.map(async (store, index) => {
    for (let count = 0; !isOver; count += 1) {
      const text = `${index}/${count}`;
      await mark(store, count % 2 === 0 ? "shared" : `own ${index}`, text);
      acknowledged.push(text);
    }
  });
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const wanted = acknowledged.length + COMMITS_BETWEEN;
    while (acknowledged.length < wanted) await mark(stores[0] ?? assert.fail(), "pace", `pace ${kill}`);
    await server.kill();
    await server.start();
  }
  isOver = true;
  await Promise.all(busy);
  const [store = assert.fail()] = stores;
  const logged: string[] = [];
  for (const workspace of await store.workspaces()) {
    if (workspace === "pace") continue;
    await store.read(workspace, async (view) => {
      const events = await view.events(0, 1_000_000);
      assert.deepEqual(
        events.map(({ sequence }) => sequence),
        events.map((_, at) => at + 1),
      );
      assert.deepEqual(await view.load(["n"]), [String(events.length)]);
      logged.push(...events.map(({ bytes }) => bytes));
    });
  }
  assert.equal(new Set(logged).size, logged.length, "an append was done twice");
  assert.deepEqual(logged.toSorted(), acknowledged.toSorted());
  console.log(`${acknowledged.length} appends acknowledged over ${KILLS} kills, 0 lost, 0 doubled`);
  for (const each of stores) await each.close();
  await server.close();
});
