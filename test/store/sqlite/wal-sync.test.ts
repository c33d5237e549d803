import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openSqliteStore, StoreFault } from "../../../src/store/index.ts";
import { WalSync } from "../../../src/store/sqlite/wal-sync.ts";
import { follow, put } from "../growth.ts";
import { rejection, temporaryFolder } from "../support.ts";

test("one sync under way and one after it serve any number of commits", async () => {
  const { folder, remove } = await temporaryFolder();
  const path = join(folder, "store.db");
  const store = await openSqliteStore({ path, create: true });
  await put(store, "w", "first");
  const wal = new WalSync(path);
  const first = wal.sync();
  const others = Array.from({ length: 50 }, () => wal.sync());
  await Promise.all([first, ...others]);
  await wal.close();
  await store.close();
  await remove();
});

test("after a sync that failed none succeeds, whatever the disk says then", async () => {
  const { folder, remove } = await temporaryFolder();
  const path = join(folder, "store.db");
  const store = await openSqliteStore({ path, create: true });
  await put(store, "w", "first");
  let fail: (error: Error) => void = () => undefined;
  const first = new Promise<void>((_, reject) => (fail = reject));
  let syncs = 0;
  const wal = new WalSync(path, () => ((syncs += 1) === 1 ? first : Promise.resolve()));
  const waiting = [rejection(wal.sync()), rejection(wal.sync()), rejection(wal.sync())];
  fail(Object.assign(new Error("lost"), { code: "EIO" }));
  const [told, ...others] = await Promise.all(waiting);
  assert.ok(told instanceof StoreFault && told.code === "store.io", String(told));
  for (const other of [...others, await rejection(wal.sync())]) assert.equal(other, told);
  assert.equal(syncs, 1);
  await wal.close();
  await store.close();
  await remove();
});

test("a log that cannot be synced stops the store, and whoever waits is told that the answer is unknown", async () => {
  const { folder, remove } = await temporaryFolder();
  const path = join(folder, "store.db");
  const store = await openSqliteStore({ path, create: true });
  await put(store, "w", "first");
  rmSync(`${path}-wal`);
  const asked = store.transact(
    "w",
    async (session) => {
      const head = await session.head();
      const { next, events } = follow(head, "second");
      await session.append(head, next, events, []);
    },
    { shared: true },
  );
  const error = await rejection(asked);
  assert.ok(error instanceof StoreFault && error.code === "store.io", String(error));
  assert.match(
    error.message,
    /could not be brought to the disk \(ENOENT\): what was asked and not answered may be lost/,
  );
  assert.equal(await rejection(put(store, "w", "third")), error);
  await store.close();
  await remove();
});
