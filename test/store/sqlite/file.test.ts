// What can be wrong with the file is told apart, in one line each, and a file that is not ours is left as it is.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, test, type TestContext } from "node:test";
import { openSqliteStore, StoreFault, type StoreFaultCode } from "../../../src/store/index.ts";
import { SCHEMA_VERSION } from "../../../src/store/sqlite/migrations.ts";
import { startChild } from "../children/child.ts";
import { everything, put } from "../growth.ts";
import { rejection, temporaryFolder } from "../support.ts";

const root = process.getuid?.() === 0;

async function inFolder(context: TestContext): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  return folder;
}

async function faultOf(path: string, create = false): Promise<StoreFault> {
  const error = await rejection(openSqliteStore({ path, create }));
  assert.ok(error instanceof StoreFault, error.stack);
  assert.equal(error.path, path);
  assert.doesNotMatch(error.message, /\n/);
  return error;
}

async function assertFault(path: string, code: StoreFaultCode, says: RegExp, create = false): Promise<void> {
  const fault = await faultOf(path, create);
  assert.equal(fault.code, code, fault.message);
  assert.match(fault.message, says);
  assert.ok(fault.message.startsWith(`${path} `), fault.message);
}

/** A store of ten events that was closed: one file, no write-ahead log. */
async function closedStore(folder: string): Promise<string> {
  const path = join(folder, "store.db");
  const store = await openSqliteStore({ path, create: true });
  for (let count = 1; count <= 10; count += 1)
    await put(store, "w", `event ${count}`.padEnd(3_000), [{ key: `row/${count}`, bytes: "x".repeat(500) }]);
  await store.close();
  return path;
}

describe("an sqlite store's file", () => {
  test("is absent: nothing is made without create, not even its folder", async (context) => {
    const folder = await inFolder(context);
    await assertFault(join(folder, "store.db"), "store.absent", /is not there: run `exec-kernel init`/);
    await assertFault(join(folder, "no", "such", "store.db"), "store.absent", /is not there/);
    assert.throws(() => statSync(join(folder, "no")), { code: "ENOENT" });
  });

  test(
    "is made with mode 0600, in new folders of mode 0700, an existing folder left as it is",
    { skip: process.platform === "win32" },
    async (context) => {
      const folder = await inFolder(context);
      chmodSync(folder, 0o755);
      const path = join(folder, "a", "b", "store.db");
      const store = await openSqliteStore({ path, create: true });
      await put(store, "w", "1");
      const modes = [path, `${path}-wal`, join(folder, "a", "b"), join(folder, "a"), folder].map((each) =>
        (statSync(each).mode & 0o777).toString(8),
      );
      assert.deepEqual(modes, ["600", "600", "700", "700", "755"]);
      await store.close();
    },
  );

  test("carries the mark of exec-kernel in its header from the start", async (context) => {
    const path = join(await inFolder(context), "store.db");
    const store = await openSqliteStore({ path, create: true });
    const header = readFileSync(path);
    assert.equal(header.toString("latin1", 0, 15), "SQLite format 3");
    assert.equal(header.toString("latin1", 68, 72), "EXK1");
    await store.close();
  });

  test(
    "may be reached through a symbolic link, and has a name with any characters",
    { skip: process.platform === "win32" },
    async (context) => {
      const folder = await inFolder(context);
      const path = join(folder, "a b?mode=ro#%41'é.db");
      const store = await openSqliteStore({ path, create: true });
      await put(store, "w", "1");
      await store.close();
      symlinkSync(path, join(folder, "link.db"));
      const linked = await openSqliteStore({ path: join(folder, "link.db") });
      assert.equal((await put(linked, "w", "2")).sequence, 2);
      const { path: told, walBytes } = await linked.facts();
      assert.equal(told, path);
      assert.ok(walBytes > 0, "the log lies beside the file, not beside the link");
      await linked.close();
      assert.ok(statSync(path).size > 0);
    },
  );

  test(
    "is a link to nothing: absent, and not made where the link points",
    { skip: process.platform === "win32" },
    async (context) => {
      const folder = await inFolder(context);
      symlinkSync(join(folder, "gone.db"), join(folder, "link.db"));
      symlinkSync(join(folder, "loop.db"), join(folder, "loop.db"));
      await assertFault(join(folder, "link.db"), "store.absent", /is not there: run `exec-kernel init`/);
      await assertFault(join(folder, "link.db"), "store.io", /is a link to a file that is not there/, true);
      await assertFault(join(folder, "loop.db"), "store.io", /\(ELOOP\)/);
      assert.throws(() => statSync(join(folder, "gone.db")), { code: "ENOENT" });
    },
  );

  test("has a schema that was brought up halfway by hand", async (context) => {
    const path = await closedStore(await inFolder(context));
    const other = new DatabaseSync(path);
    other.exec("PRAGMA user_version = 1");
    other.close();
    await assertFault(
      path,
      "store.corrupt",
      /is damaged or cut short \(table "?search"? already exists.*restore a backup/,
    );
  });

  test("lost its shared index after a crash: nothing is missing", async (context) => {
    const folder = await inFolder(context);
    const path = await closedStore(folder);
    const { copyFileSync } = await import("node:fs");
    const store = await openSqliteStore({ path });
    await put(store, "w", "the last");
    const copy = join(folder, "crashed.db");
    // As a killed process leaves it, but for the -shm.
    for (const end of ["", "-wal"]) copyFileSync(path + end, copy + end);
    const before = await everything(store, "w");
    await store.close();
    const again = await openSqliteStore({ path: copy });
    assert.deepEqual(await everything(again, "w"), before);
    await again.close();
  });

  test("lost its write-ahead log after a crash: what only stood there is gone, what is left is whole", async (context) => {
    const folder = await inFolder(context);
    const path = await closedStore(folder);
    const { copyFileSync } = await import("node:fs");
    const store = await openSqliteStore({ path });
    const before = await everything(store, "w");
    await put(store, "w", "the last");
    const copy = join(folder, "crashed.db");
    copyFileSync(path, copy);
    await store.close();
    const again = await openSqliteStore({ path: copy });
    assert.deepEqual(await everything(again, "w"), before);
    assert.deepEqual(await again.check(), []);
    assert.equal((await put(again, "w", "goes on")).sequence, 11);
    await again.close();
  });

  test("is a folder, or no file at all", async (context) => {
    const folder = await inFolder(context);
    await assertFault(folder, "store.foreign", /is a folder, not a store/);
    await assertFault(folder, "store.foreign", /is a folder, not a store/, true);
    await assertFault("/dev/null", "store.foreign", /is not a regular file/, true);
  });

  test("has a file where its folder should be", async (context) => {
    const folder = await inFolder(context);
    writeFileSync(join(folder, "file"), "text");
    await assertFault(join(folder, "file", "store.db"), "store.absent", /is not there/);
    await assertFault(join(folder, "file", "store.db"), "store.io", /\((ENOTDIR|EEXIST)\)/, true);
  });

  test("is a text file: it is left to the byte as it is", async (context) => {
    const path = join(await inFolder(context), "notes.txt");
    for (const text of ["S", "SQLite format 4\0", "just some notes\n".repeat(500)]) {
      writeFileSync(path, text);
      for (const create of [false, true])
        await assertFault(
          path,
          text === "S" ? "store.corrupt" : "store.foreign",
          text === "S" ? /1 bytes are left of it/ : /is not an SQLite file/,
          create,
        );
      assert.equal(readFileSync(path, "latin1"), text);
    }
  });

  test("is empty: no store without create, a new one with it", async (context) => {
    const path = join(await inFolder(context), "store.db");
    writeFileSync(path, "");
    await assertFault(path, "store.foreign", /is empty and no store yet: run `exec-kernel init`/);
    assert.equal(statSync(path).size, 0);
    const store = await openSqliteStore({ path, create: true });
    assert.equal((await put(store, "w", "1")).sequence, 1);
    await store.close();
  });

  test("was left half made by a killed process: no store without create, finished with it", async (context) => {
    const path = join(await inFolder(context), "store.db");
    const half = new DatabaseSync(path);
    half.exec("PRAGMA journal_mode = WAL");
    half.close();
    await assertFault(path, "store.foreign", /is empty and no store yet/);
    const store = await openSqliteStore({ path, create: true });
    assert.equal((await put(store, "w", "1")).sequence, 1);
    assert.equal((await store.facts()).schemaVersion, SCHEMA_VERSION);
    await store.close();
  });

  test("was removed, but not its write-ahead log: the new store starts empty", async (context) => {
    const path = join(await inFolder(context), "store.db");
    const store = await openSqliteStore({ path, create: true });
    await put(store, "w", "old");
    const { cpSync, rmSync } = await import("node:fs");
    cpSync(`${path}-wal`, `${path}-kept`);
    await store.close();
    rmSync(path);
    cpSync(`${path}-kept`, `${path}-wal`);
    const fresh = await openSqliteStore({ path, create: true });
    assert.deepEqual(await fresh.workspaces(), []);
    assert.equal((await put(fresh, "w", "new")).sequence, 1);
    await fresh.close();
  });

  test("is another program's database, marked or not: it is left to the byte as it is", async (context) => {
    const folder = await inFolder(context);
    for (const [name, sql] of [
      ["marked.db", "PRAGMA application_id = 42; CREATE TABLE t (a)"],
      ["unmarked.db", "CREATE TABLE t (a)"],
      ["versioned.db", "PRAGMA user_version = 3"],
      ["logged.db", "PRAGMA journal_mode = WAL; CREATE TABLE t (a)"],
    ] as const) {
      const path = join(folder, name);
      const other = new DatabaseSync(path);
      other.exec(sql);
      other.close();
      const before = readFileSync(path);
      for (const create of [false, true])
        await assertFault(path, "store.foreign", /is another program's database: it was left as it is/, create);
      assert.deepEqual(readFileSync(path), before, name);
    }
  });

  test("was written by a newer exec-kernel: it is left as it is", async (context) => {
    const path = await closedStore(await inFolder(context));
    const other = new DatabaseSync(path);
    other.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    other.close();
    const says = `has schema ${SCHEMA_VERSION + 1}, this exec-kernel knows up to ${SCHEMA_VERSION}: update exec-kernel`;
    for (const create of [false, true]) await assertFault(path, "store.newer", new RegExp(says), create);
  });

  test("is cut short, anywhere: never opened as if it were whole", async (context) => {
    const path = await closedStore(await inFolder(context));
    const whole = readFileSync(path);
    for (const size of [whole.length - 1, whole.length - 4_096, 8_192, 4_096, 1_000, 100, 99, 16, 15, 1]) {
      writeFileSync(path, whole);
      truncateSync(path, size);
      for (const create of [false, true])
        await assertFault(
          path,
          "store.corrupt",
          /is damaged or cut short .*: keep a copy of it, restore a backup/,
          create,
        );
      assert.equal(statSync(path).size, size);
    }
  });

  test("is damaged inside: the fault comes when the page is read, and the store stops", async (context) => {
    const path = await closedStore(await inFolder(context));
    const whole = readFileSync(path);
    whole.fill(0xa5, 4_096 * 3);
    writeFileSync(path, whole);
    const store = await openSqliteStore({ path });
    const error = await rejection(everything(store, "w"));
    assert.ok(error instanceof StoreFault, String(error));
    assert.equal(error.code, "store.corrupt");
    await store.close();
  });

  test("cannot be written, or read, by this user", { skip: process.platform === "win32" }, async (context) => {
    const folder = await inFolder(context);
    const path = await closedStore(folder);
    chmodSync(folder, 0o777);
    for (const [mode, folderMode, line] of [
      [0o444, 0o777, /^store\.read_only .*store\.db cannot be written \(EACCES\): give this user write access/],
      [
        0o666,
        0o555,
        /^store\.read_only .*store\.db cannot be written \(EACCES\): give this user write access to the file and its folder/,
      ],
      [0o000, 0o777, /^store\.io .*store\.db cannot be read \(EACCES\)/],
      [0o666, 0o777, /^opened$/],
    ] as const) {
      chmodSync(path, mode);
      chmodSync(folder, folderMode);
      const child = startChild("opener.ts", [path, "as-nobody"]);
      assert.equal(await child.ended, 0, child.errors());
      assert.equal(child.lines.length, 1);
      assert.match(child.lines[0] ?? "", line);
      chmodSync(folder, 0o777);
    }
  });

  test(
    "cannot be made in a folder that this user may not write",
    { skip: process.platform === "win32" },
    async (context) => {
      const folder = await inFolder(context);
      chmodSync(folder, 0o555);
      for (const path of [join(folder, "store.db"), join(folder, "sub", "store.db")]) {
        const child = startChild("opener.ts", [path, "create", "as-nobody"]);
        assert.equal(await child.ended, 0, child.errors());
        assert.match(child.lines[0] ?? "", /^store\.read_only .*store\.db cannot be written \(EACCES\)/);
      }
      chmodSync(folder, 0o700);
      assert.ok(root || process.getuid?.() !== undefined);
    },
  );

  test(
    "is removed or replaced while it is open: the write is not acknowledged, and the store stops",
    { skip: process.platform === "win32" },
    async (context) => {
      const folder = await inFolder(context);
      const path = join(folder, "store.db");
      const { rmSync, renameSync } = await import("node:fs");
      for (const way of ["removed", "replaced"]) {
        let nowMs = 0;
        const store = await openSqliteStore({ path, create: true, clock: () => (nowMs += 100) });
        await put(store, "w", "1");
        if (way === "removed") rmSync(path);
        else {
          writeFileSync(join(folder, "other"), "");
          renameSync(join(folder, "other"), path);
        }
        const error = await rejection(put(store, "w", "2"));
        assert.ok(error instanceof StoreFault);
        assert.equal(error.code, "store.io");
        assert.match(error.message, /was removed or replaced while it was open/);
        assert.equal(await rejection(put(store, "w", "3")), error);
        assert.equal(await rejection(store.read("w", (view) => view.head())), error);
        await store.close();
        for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
      }
    },
  );

  test("lies under a path that no file can have", async () => {
    await assertFault(`/${"x".repeat(300)}/store.db`, "store.io", /\(ENAMETOOLONG\)/, true);
  });

  test("is not touched by making sure of its folder twice", async (context) => {
    const folder = await inFolder(context);
    mkdirSync(join(folder, "there"));
    const path = join(folder, "there", "store.db");
    const first = await openSqliteStore({ path, create: true });
    const second = await openSqliteStore({ path, create: true });
    await put(first, "w", "1");
    assert.equal((await put(second, "w", "2")).sequence, 2);
    await first.close();
    await second.close();
  });
});
