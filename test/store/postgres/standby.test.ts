// What a synchronous standby is for: nothing is answered that it does not have, not even what is only read again after a
// crash. And what a standby that lags says at the door does not stand for the cluster.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { StoreFault } from "../../../src/store/index.ts";
import type { Store } from "../../../src/store/index.ts";
import { openTestStore, startServer } from "../../support/postgres.ts";
import { put } from "../growth.ts";
import { rejection } from "../support.ts";
import { until } from "../../paperclip-server/ports.ts";

const WAITS = ["-c", "fsync=off", "-c", "full_page_writes=off"];
const WAITS_MS = 20_000;
const PATIENCE_MS = 1_000;
const COMMIT = "SELECT pg_logical_emit_message(true, 'test', '')";

const [server, other] = await Promise.all([startServer(WAITS), startServer()]);
after(() => Promise.all([server.close(), other.close()]));

/** From its return on, commits wait for this standby; `last`, one of them, does until none is asked for any more. */
async function waitFor(standby: string): Promise<{ readonly last: Promise<unknown> }> {
  await server.sql(`ALTER SYSTEM SET synchronous_standby_names = '${standby}'`);
  await server.sql("SELECT pg_reload_conf()");
  let last: Promise<unknown> = Promise.resolve();
  await until("a commit that waits", WAITS_MS, async () => {
    const [waiting] = await server.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
    if (waiting?.[0] !== "0") return true;
    last = server.sql(COMMIT);
    return null;
  });
  return { last };
}

async function waitForNobody(): Promise<void> {
  await server.sql("ALTER SYSTEM RESET synchronous_standby_names");
  await server.sql("SELECT pg_reload_conf()");
}

/** As a first answer is given again: from the rows, without writing. */
function answerAgain(store: Store): Promise<readonly (string | null)[]> {
  return store.transact("w", (session) => session.load(["n"]));
}

test("what is answered from rows alone waits for the standby, once a connection; reads do not", async () => {
  const url = `${server.url}?schema=standby`;
  const before = await openTestStore(url);
  await put(before, "w", "1");
  await answerAgain(before);
  const { last } = await waitFor("nobody");
  const later = await openTestStore(url, { patienceMs: PATIENCE_MS });
  const error = await rejection(answerAgain(later));
  assert.ok(error instanceof StoreFault && error.code === "store.io", String(error));
  assert.equal((await later.read("w", (view) => view.head()))?.sequence, 1);
  await answerAgain(before);
  await waitForNobody();
  await last;
  await answerAgain(later);
  await before.close();
  await later.close();
});

const hosts = (...ports: readonly number[]): string =>
  server.url.replace(`127.0.0.1:${server.port}`, ports.map((port) => `127.0.0.1:${port}`).join(","));

test("a host that does not know the database yet is passed over, where another is a primary", async () => {
  await server.sql("CREATE DATABASE young");
  const store = await openTestStore(hosts(other.port, server.port).replace(/\/postgres$/, "/young"));
  await put(store, "w", "1");
  await store.close();
  const error = await rejection(openTestStore(hosts(other.port).replace(/\/postgres$/, "/young")));
  assert.ok(error instanceof StoreFault && error.code === "store.absent", String(error));
});
