// A full disk, a failing disk, a lock that nobody lets go, an old SQLite: each a fault of its own, with nothing lost.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { openSqliteStore, StoreFault } from "../../../src/store/index.ts";
import { isSafeVersion } from "../../../src/store/sqlite/driver.ts";
import { SCHEMA_VERSION } from "../../../src/store/sqlite/migrations.ts";
import { startChild } from "../children/child.ts";
import { everything, headOf, put } from "../growth.ts";
import { gate, rejection, temporaryFolder } from "../support.ts";

async function newPath(context: TestContext): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  return join(folder, "store.db");
}

async function fault(promise: Promise<unknown>): Promise<StoreFault> {
  const error = await rejection(promise);
  assert.ok(error instanceof StoreFault, error.stack);
  assert.doesNotMatch(error.message, /\n/);
  return error;
}

describe("an sqlite store", () => {
  test("says that the disk is full, keeps what was acknowledged, and goes on once there is room", async (context) => {
    const path = await newPath(context);
    const store = await openSqliteStore({ path, create: true, maxPages: 30 });
    let acknowledged = 0;
    const error = await fault(
      (async () => {
        for (;;)
          acknowledged = (
            await put(store, "w", "x".repeat(4_000), [{ key: `row/${acknowledged}`, bytes: "y".repeat(4_000) }])
          ).sequence;
      })(),
    );
    assert.equal(error.code, "store.full");
    assert.match(
      error.message,
      /store\.db has no room left \(.*\), nothing was written: free disk space, then try again$/,
    );
    assert.ok(acknowledged >= 5, String(acknowledged));
    assert.equal((await headOf(store, "w"))?.sequence, acknowledged);
    const before = await everything(store, "w");
    await fault(put(store, "w", "x".repeat(9_000)));
    assert.deepEqual(await everything(store, "w"), before);
    assert.equal((await put(store, "w", "small", [{ key: "row/0", bytes: null }])).sequence, acknowledged + 1);
    await store.close();
    const roomy = await openSqliteStore({ path });
    assert.equal((await put(roomy, "w", "x".repeat(9_000))).sequence, acknowledged + 2);
    await roomy.close();
  });

  test("says that the disk is full when it really is, and has all that was acknowledged", async (context) => {
    const { folder, remove } = await temporaryFolder();
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=400k", "tmpfs", folder]).status === 0;
    context.after(async () => {
      if (mounted) spawnSync("umount", [folder]);
      await remove();
    });
    if (!mounted) return context.skip("this user may not mount a small disk");
    const path = join(folder, "store.db");
    const child = startChild("opener.ts", [path, "create", "fill"]);
    assert.equal(await child.ended, 0, child.errors());
    const appended = child.lines.filter((line) => line.startsWith("appended ")).length;
    assert.ok(appended > 2, child.lines.join("\n"));
    assert.match(
      child.lines.at(-2) ?? "",
      /^store\.full .*store\.db has no room left \(.*\), nothing was written: free disk space/,
    );
    const store = await openSqliteStore({ path });
    const head = await headOf(store, "w");
    assert.ok(head !== null && head.sequence >= appended && head.sequence <= appended + 1);
    await store.close();
  });

  test(
    "stops when the disk fails under it, and has all that was acknowledged when it is opened anew",
    { skip: process.platform === "win32" },
    async (context) => {
      const path = await newPath(context);
      // A limit on the size of files: writes beyond it fail as a broken disk's do.
      const child = startChild("opener.ts", [path, "create", "fill"], { shell: "ulimit -f 200" });
      assert.equal(await child.ended, 0, child.errors());
      const appended = child.lines.filter((line) => line.startsWith("appended ")).length;
      assert.ok(appended > 2, child.lines.join("\n"));
      assert.match(
        child.lines.at(-2) ?? "",
        /^store\.io .*store\.db could not be read or written \(disk I\/O error, sqlite result 778\): check the disk/,
      );
      assert.equal(child.lines.at(-1), "then: same fault");
      const store = await openSqliteStore({ path });
      assert.equal((await headOf(store, "w"))?.sequence, appended);
      assert.equal((await put(store, "w", "after")).sequence, appended + 1);
      await store.close();
    },
  );

  test("gives up after its busy time-out while another holds the lock, and reads all the while", async (context) => {
    const path = await newPath(context);
    const [inside, finish] = [gate(), gate()];
    const other = await openSqliteStore({ path, create: true });
    await put(other, "w", "1");
    let jitters = 0;
    const random = () => ((jitters += 1) % 10) / 10;
    const store = await openSqliteStore({ path, busyTimeoutMs: 40, random });
    const holding = other.transact("w", async () => {
      inside.open();
      await finish.opened;
    });
    await inside.opened;
    const startedMs = performance.now();
    const error = await fault(put(store, "w", "2"));
    const waitedMs = performance.now() - startedMs;
    assert.equal(error.code, "store.busy");
    assert.match(error.message, /store\.db was locked by another process for 40 ms, nothing was written: try again/);
    assert.ok(waitedMs >= 40 && waitedMs < 2_000, `${waitedMs} ms`);
    assert.ok(jitters >= 4, `${jitters} tries`);
    assert.equal((await headOf(store, "w"))?.sequence, 1);
    finish.open();
    await holding;
    assert.equal((await put(store, "w", "2")).sequence, 2);
    await store.close();
    await other.close();
  });

  test("lets the event loop run while it waits for a lock", async (context) => {
    const path = await newPath(context);
    const other = await openSqliteStore({ path, create: true });
    const store = await openSqliteStore({ path });
    const [inside, finish] = [gate(), gate()];
    const holding = other.transact("w", async () => {
      inside.open();
      await finish.opened;
    });
    await inside.opened;
    const waiting = put(store, "w", "1");
    // Only a running event loop can let the lock go.
    setTimeout(finish.open, 20);
    assert.equal((await waiting).sequence, 1);
    await holding;
    await store.close();
    await other.close();
  });

  test("refuses an SQLite that can corrupt the file, before it touches it", async (context) => {
    const path = await newPath(context);
    const error = await fault(openSqliteStore({ path, create: true, sqliteVersion: "3.51.2" }));
    assert.equal(error.code, "store.sqlite_unsafe");
    assert.match(
      error.message,
      /store\.db was not opened: sqlite 3\.51\.2 can corrupt a file that several processes use, 3\.51\.3 or newer is safe\. use node 24\.21 or newer, this is v/,
    );
    assert.equal(statSync(path, { throwIfNoEntry: false })?.size ?? 0, 0);
  });

  test("tells doctor where it is and that every commit is synced", async (context) => {
    const path = await newPath(context);
    const store = await openSqliteStore({ path, create: true });
    await put(store, "w", "1");
    const { diskBytes, walBytes, sqliteVersion, ...rest } = await store.facts();
    assert.deepEqual(rest, {
      kind: "sqlite",
      path,
      schemaVersion: SCHEMA_VERSION,
      pageBytes: 4_096,
      journalMode: "wal",
      synchronous: "full",
      server: null,
      kept: { bytes: 1_048_576, ofBytes: 1_048_576, blocked: "" },
    });
    assert.equal(diskBytes, statSync(path).size);
    assert.equal(walBytes, statSync(`${path}-wal`).size);
    assert.ok(walBytes > 0);
    assert.ok(isSafeVersion(sqliteVersion ?? ""));
    await store.close();
  });

  test("cuts a write-ahead log that has grown too long, also one found when it opens", async (context) => {
    const path = await newPath(context);
    const walBytes = () => statSync(`${path}-wal`).size;
    let nowMs = 0;
    const store = await openSqliteStore({ path, create: true, walBytesMax: 1_000_000, clock: () => nowMs });
    const bulk = (letter: string) =>
      Array.from({ length: 500 }, (_, index) => ({ key: `row/${index}`, bytes: letter.repeat(4_000) }));
    await put(store, "w", "small");
    nowMs = 99;
    await put(store, "w", "bulk", bulk("x"));
    assert.ok(walBytes() > 1_000_000, "it looks at most every 100 ms");
    nowMs = 200;
    await put(store, "w", "small");
    assert.equal(walBytes(), 0);
    await put(store, "w", "bulk", bulk("y"));
    assert.ok(walBytes() > 1_000_000);
    const second = await openSqliteStore({ path, walBytesMax: 1_000_000 });
    assert.equal(walBytes(), 0);
    assert.equal((await headOf(second, "w"))?.sequence, 4);
    await second.close();
    await store.close();
  });

  test("copies the write-ahead log into the file from time to time, and goes on at its start", async (context) => {
    const path = await newPath(context);
    let nowMs = 0;
    const store = await openSqliteStore({ path, create: true, clock: () => (nowMs += 50) });
    const before = await store.facts();
    const logBytes: number[] = [];
    for (let round = 0; round < 48; round += 1) {
      await put(
        store,
        "w",
        "bulk",
        Array.from({ length: 200 }, (_, index) => ({
          key: `row/${index}`,
          bytes: String(round).repeat(4_000).slice(0, 4_000),
        })),
      );
      logBytes.push((await store.facts()).walBytes);
    }
    const after = await store.facts();
    assert.ok(after.diskBytes > before.diskBytes + 800_000, `${after.diskBytes} bytes`);
    // 48 rounds write 38.8 MB: the log can only be shorter when its start was written over.
    assert.ok(after.walBytes < 28_000_000, `${logBytes.join(" ")} bytes`);
    await store.close();
  });

  test("leaves a long write-ahead log alone while a reader needs it, and cuts it afterwards", async (context) => {
    const path = await newPath(context);
    let nowMs = 0;
    const store = await openSqliteStore({ path, create: true, walBytesMax: 100_000, clock: () => (nowMs += 100) });
    await put(store, "w", "1");
    await store.read("w", async (view) => {
      for (let count = 0; count < 64; count += 1) await put(store, "w", "x".repeat(4_000));
      assert.ok(statSync(`${path}-wal`).size > 100_000);
      assert.equal((await view.head())?.sequence, 1);
    });
    await put(store, "w", "small");
    assert.equal(statSync(`${path}-wal`).size, 0);
    assert.equal((await headOf(store, "w"))?.sequence, 66);
    await store.close();
  });

  test("leaves one file behind when it is closed", async (context) => {
    const path = await newPath(context);
    const store = await openSqliteStore({ path, create: true });
    await put(store, "w", "1");
    await headOf(store, "w");
    await store.close();
    assert.equal(statSync(`${path}-wal`, { throwIfNoEntry: false }), undefined);
    assert.equal(statSync(`${path}-shm`, { throwIfNoEntry: false }), undefined);
  });
});
