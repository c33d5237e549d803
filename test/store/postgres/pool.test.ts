// Who gets a connection, and which ones are given up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "pg";
import { Connection } from "../../../src/store/postgres/connection.ts";
import { Pool } from "../../../src/store/postgres/pool.ts";
import type { Host } from "../../../src/store/postgres/url.ts";

const OLD: Host = { host: "old", port: 1 };
const NEW: Host = { host: "new", port: 1 };

/** A connection that is never asked anything. */
function unused(host: Host): Connection {
  return new Connection(new Client({}), { host, where: "pg", answerTimeoutMs: 1_000, onLost: () => undefined });
}

test("whoever waited longest is next, also when another one asks just as a connection comes back", async () => {
  const pool = new Pool(() => Promise.resolve(unused(NEW)), 1);
  const order: string[] = [];
  const first = await pool.take();
  const waiting = pool.take().then((connection) => {
    order.push("waited");
    pool.give(connection);
  });
  pool.give(first);
  const late = pool.take().then(() => order.push("late"));
  await Promise.all([waiting, late]);
  assert.deepEqual(order, ["waited", "late"]);
});

test("of a host that was lost the idle connections are dropped, and make room", async () => {
  let opened = 0;
  const pool = new Pool(() => Promise.resolve(unused((opened += 1) <= 3 ? OLD : NEW)), 3);
  const [one, two, used] = await Promise.all([pool.take(), pool.take(), pool.take()]);
  assert.ok(one !== undefined && two !== undefined && used !== undefined);
  pool.give(one);
  pool.give(two);
  pool.forget(NEW);
  assert.equal(one.broken, false);
  pool.forget(OLD);
  assert.deepEqual([one.broken, two.broken, used.broken], [true, true, false]);
  const later = await Promise.all([pool.take(), pool.take()]);
  assert.deepEqual([...later.map(({ host }) => host), opened], [NEW, NEW, 5]);
});

test("whoever waits for one that comes back broken opens another", async () => {
  let opened = 0;
  const pool = new Pool(() => Promise.resolve(unused((opened += 1) === 1 ? OLD : NEW)), 1);
  const first = await pool.take();
  const waiting = pool.take();
  first.drop();
  pool.give(first);
  assert.equal((await waiting).host, NEW);
});
