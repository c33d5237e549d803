// A file is checked in a thread of its own where it is large: it says what it says here, and blocks nobody meanwhile.

import assert from "node:assert/strict";
import { once } from "node:events";
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, test, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { openSqliteStore, StoreFault } from "../../../src/store/index.ts";
import type { Store } from "../../../src/store/index.ts";
import { bundled } from "../../support/cli.ts";
import { put } from "../growth.ts";
import { rejection, temporaryFolder } from "../support.ts";

const IN_A_THREAD = 0;
const HERE = Infinity;

async function filled(context: TestContext): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  const path = join(folder, "store.db");
  const store = await openSqliteStore({ path, create: true, ballastBytes: 0 });
  for (const n of [1, 2, 3])
    await put(store, "w", `${n}`, [{ key: `lesson/${n}`, bytes: `{"what":"the lesson ${n}"}` }]);
  await store.close();
  return path;
}

function damage(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.enableDefensive?.(false);
  database.exec(sql);
  database.close();
}

/** What a check says in either place, of a file that `spoil` gets at once it is open. */
async function inEither<T>(
  path: string,
  ask: (store: Store) => Promise<T>,
  spoil = (): void => undefined,
): Promise<T[]> {
  const stores: Store[] = [];
  for (const threadBytes of [HERE, IN_A_THREAD])
    stores.push(await openSqliteStore({ path, ballastBytes: 0, threadBytes }));
  spoil();
  const answers: T[] = [];
  for (const store of stores) answers.push(await ask(store));
  // One that was spoilt may not close well.
  await Promise.allSettled(stores.map((store) => store.close()));
  return answers;
}

describe("the check of a whole file, in a thread", () => {
  test("finds nothing wrong where nothing is", async (context) => {
    assert.deepEqual(await inEither(await filled(context), (store) => store.check()), [[], []]);
  });

  test("finds the same as it does here", async (context) => {
    const path = await filled(context);
    damage(path, "DELETE FROM search WHERE key = 'lesson/2'; CREATE INDEX more ON state (bytes)");
    const [here, there] = await inEither(path, (store) => store.check());
    assert.deepEqual(there, here);
    assert.notDeepEqual(there, []);
  });

  test("meets the same fault as it does here", async (context) => {
    const path = await filled(context);
    const spoil = (): void => {
      const file = openSync(path, "r+");
      writeSync(file, new Uint8Array(4_000).fill(0xff), 0, 4_000, 100);
      closeSync(file);
    };
    const [here, there] = await inEither(path, (store) => rejection(store.check()), spoil);
    assert.ok(here instanceof StoreFault && there instanceof StoreFault, `${String(here)} ${String(there)}`);
    assert.deepEqual([there.code, there.path, there.message], [here.code, here.path, here.message]);
  });

  test("leaves others their turn, and closing waits for it", async (context) => {
    const store = await openSqliteStore({ path: await filled(context), ballastBytes: 0, threadBytes: IN_A_THREAD });
    let isOver = false;
    const check = store.check().then((found) => {
      isOver = true;
      return found;
    });
    await setImmediate();
    assert.equal(isOver, false);
    await store.close();
    assert.equal(isOver, true);
    assert.deepEqual(await check, []);
  });

  test("is bundled as a file of its own", async (context) => {
    await bundled;
    const file = new URL("../../../dist/bin/check-thread.cjs", import.meta.url);
    const workerData = { path: await filled(context), busyTimeoutMs: 1_000 };
    const [answer]: unknown[] = await once(new Worker(file, { workerData }), "message");
    assert.deepEqual(answer, { found: [] });
  });
});
