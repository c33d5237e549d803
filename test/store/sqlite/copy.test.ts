// A copy of a store's file: of one moment while another process writes, never over anything, never half there.

import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { copySqliteStore, openSqliteStore, StoreFault } from "../../../src/store/index.ts";
import { startChild } from "../children/child.ts";
import { assertChain, contentsOf } from "../children/kill-rounds.ts";
import { put } from "../growth.ts";
import { rejection, temporaryFolder } from "../support.ts";

async function folderOf(context: TestContext): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  return folder;
}

async function small(folder: string): Promise<string> {
  const path = join(folder, "store.db");
  const store = await openSqliteStore({ path, create: true });
  await put(store, "w", "1", [{ key: "a", bytes: "1" }]);
  await store.close();
  return path;
}

const nothing = async (): Promise<void> => undefined;

describe("a copy of a store", () => {
  test("is one whole moment of a file that another process goes on writing to", async (context) => {
    const folder = await folderOf(context);
    const [path, copy] = [join(folder, "store.db"), join(folder, "copy.db")];
    const writer = startChild("writer.ts", [path, "p", "0"]);
    await writer.heard(300);
    const before = writer.lines.length;
    await copySqliteStore(path, copy, nothing, (done, total) => assert.ok(done <= total));
    const { events, total } = await contentsOf(copy);
    // The writer was not held up: it goes on past what was copied.
    await writer.heard(events.length + 1);
    writer.process.kill("SIGKILL");
    assert.equal(await writer.ended, "SIGKILL", writer.errors());
    assertChain(events);
    assert.ok(events.length >= before, `${before} <= ${events.length}`);
    assert.equal(total, String(events.length), "rows and log are of one moment");
    assert.equal(statSync(copy).mode & 0o777, 0o600);
  });

  test("is never laid over a file that is there", async (context) => {
    const folder = await folderOf(context);
    const path = await small(folder);
    const taken = join(folder, "taken");
    writeFileSync(taken, "mine");
    const fault = await rejection(copySqliteStore(path, taken, nothing));
    assert.ok(fault instanceof StoreFault && fault.code === "store.exists", fault.message);
    assert.equal(statSync(taken).size, 4);
  });

  test("is not there when its check fails, or another file took its name meanwhile", async (context) => {
    const folder = await folderOf(context);
    const path = await small(folder);
    const copy = join(folder, "copy.db");
    const failing = copySqliteStore(path, copy, async () => {
      throw new Error("not whole");
    });
    assert.equal((await rejection(failing)).message, "not whole");
    const raced = copySqliteStore(path, copy, async () => writeFileSync(copy, "mine"));
    assert.match((await rejection(raced)).message, /is there already and is not overwritten/);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes("part")),
      [],
    );
    assert.equal(statSync(copy).size, 4);
  });

  test("is made of a store only", async (context) => {
    const folder = await folderOf(context);
    writeFileSync(join(folder, "text"), "no store at all, but long enough to be read as a header of one".repeat(4));
    const foreign = await rejection(copySqliteStore(join(folder, "text"), join(folder, "c"), nothing));
    assert.ok(foreign instanceof StoreFault && foreign.code === "store.foreign");
    const absent = await rejection(copySqliteStore(join(folder, "none"), join(folder, "c"), nothing));
    assert.ok(absent instanceof StoreFault && absent.code === "store.absent");
    assert.equal(existsSync(join(folder, "c")), false);
  });
});
