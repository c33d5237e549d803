// One connection: what is said of it when it is gone, and what is no commit.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "pg";
import { Connection } from "../../../src/store/postgres/connection.ts";
import { Conflict, Lost } from "../../../src/store/postgres/sql-fault.ts";
import { testServer } from "../../support/postgres.ts";
import { TcpProxy } from "../../support/tcp-proxy.ts";
import { rejection } from "../support.ts";

type Opened = { readonly connection: Connection; readonly proxy: TcpProxy; readonly losses: readonly Lost[] };

/** A connection by way of a proxy, and each loss that was told. */
async function opened(answerTimeoutMs: number, work: (opened: Opened) => Promise<void>): Promise<void> {
  const { url, port } = await testServer();
  const proxy = await TcpProxy.to(port);
  const client = new Client({ connectionString: proxy.through(url) });
  await client.connect();
  const losses: Lost[] = [];
  const host = { host: "", port };
  const connection = new Connection(client, {
    host,
    where: "pg",
    answerTimeoutMs,
    onLost: (lost) => losses.push(lost),
  });
  try {
    await work({ connection, proxy, losses });
  } finally {
    connection.drop();
    await proxy.close();
  }
}

test("a transaction of which a statement failed is not committed, though the server does not call that an error", async () => {
  await opened(20_000, async ({ connection }) => {
    await connection.begin("write");
    await rejection(connection.ask({ text: "SELECT 1 / 0" }));
    assert.ok((await rejection(connection.commit())) instanceof Conflict);
    assert.deepEqual([connection.broken, connection.inTransaction], [false, false]);
    await connection.begin("write");
    await connection.commit();
  });
});

test("a server that gives no answer in time is silent, one that hangs up is not; either is told", async () => {
  await opened(200, async ({ connection, proxy, losses }) => {
    proxy.swallow();
    const error = await rejection(connection.ask({ text: "SELECT 1" }));
    assert.ok(error instanceof Lost && error.silent, String(error));
    assert.match(error.message, /^gave no answer for/);
    assert.deepEqual([losses, connection.broken], [[error], true]);
  });
  await opened(20_000, async ({ connection, proxy, losses }) => {
    const cut = proxy.cutOnce("SELECT 1", "before");
    const error = await rejection(connection.ask({ text: "SELECT 1" }));
    await cut;
    assert.ok(error instanceof Lost && !error.silent, String(error));
    assert.deepEqual([losses, connection.broken], [[error], true]);
  });
});
