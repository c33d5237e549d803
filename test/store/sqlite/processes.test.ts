// Several processes on one file: real ones, some of them killed.

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { openSqliteStore } from "../../../src/store/index.ts";
import { startChild } from "../children/child.ts";
import { assertAcknowledged, assertChain, contentsOf, killRounds, startWriters } from "../children/kill-rounds.ts";
import { everything, headOf, put, rowOf } from "../growth.ts";
import { seed, temporaryFolder } from "../support.ts";

async function newPath(context: TestContext): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  return join(folder, "new", "store.db");
}

for (const processes of [2, 8]) {
  test(`${processes} processes make and fill one file at once, and no append of any is lost`, async (context) => {
    const path = await newPath(context);
    const names = Array.from({ length: processes }, (_, index) => `p${index}`);
    const children = startWriters(path, names, 50);
    for (const child of children) assert.equal(await child.ended, 0, child.errors());
    const { events, total } = await contentsOf(path);
    assert.equal(events.length, processes * 50);
    assert.equal(total, String(processes * 50));
    assertChain(events);
    assertAcknowledged(events, children);
    assert.deepEqual(
      children.map(({ lines }) => lines.length),
      names.map(() => 50),
    );
  });
}

describe("an sqlite store whose writers are killed", () => {
  test("loses nothing acknowledged when 4 writers are killed with -9 at random moments, round after round", async (context) => {
    const path = await newPath(context);
    context.diagnostic(`SEED=${seed}`);
    const acknowledged = await killRounds({ path, rounds: 3, writers: 4, seed });
    assert.ok(acknowledged >= 3 * 4 * 5, `${acknowledged} appends`);
  });

  test("shows nothing of a transaction whose process was killed in the middle, and is free at once", async (context) => {
    const path = await newPath(context);
    const store = await openSqliteStore({ path, create: true, busyTimeoutMs: 5_000 });
    await put(store, "w", "1", [{ key: "a", bytes: "1" }]);
    const before = await everything(store, "w");
    const stuck = startChild("stuck-writer.ts", [path]);
    await stuck.heard(1);
    assert.deepEqual(stuck.lines, ["inside"], stuck.errors());
    assert.deepEqual(await everything(store, "w"), before);
    const waiting = put(store, "w", "2");
    stuck.process.kill("SIGKILL");
    assert.equal((await waiting).sequence, 2);
    assert.equal(await stuck.ended, "SIGKILL");
    assert.equal(await rowOf(store, "w", "half"), null);
    await store.close();
  });

  test("recovers what the last writer acknowledged when nobody closed the file", async (context) => {
    const path = await newPath(context);
    const [child] = startWriters(path, ["only"], 0);
    assert.ok(child !== undefined);
    await child.heard(3);
    child.process.kill("SIGKILL");
    await child.ended;
    const { events } = await contentsOf(path);
    assertAcknowledged(events, [child]);
    assertChain(events);
  });
});

test("opening a new file from many places at once in one process gives one store", async (context) => {
  const path = await newPath(context);
  const stores = await Promise.all(Array.from({ length: 8 }, () => openSqliteStore({ path, create: true })));
  await Promise.all(stores.map((store, index) => put(store, "w", `store ${index}`)));
  for (const store of stores) assert.equal((await headOf(store, "w"))?.sequence, 8);
  for (const store of stores) await store.close();
});
