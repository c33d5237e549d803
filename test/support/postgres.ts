// A PostgreSQL server for tests: one for each test file, started when it is first asked for and stopped after the file's
// tests; or the one that EXEC_KERNEL_TEST_PG names. Each test has a schema of its own.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { Client } from "pg";
import { openPostgresStore } from "../../src/store/index.ts";
import type { PostgresOptions, Store } from "../../src/store/index.ts";

/** Looked for in every message: it must be in none. */
export const PASSWORD = "not-to-be-told";

export type TestServer = {
  /** postgres://user:password@host:port/database */
  readonly url: string;
  readonly port: number;
  /** Runs SQL as the server's own user. */
  readonly sql: (text: string) => Promise<readonly (readonly unknown[])[]>;
  /** Ends the server, or ends it as a crash does, and starts it again on its data. */
  readonly stop: () => Promise<void>;
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Ends it for good. */
  readonly close: () => Promise<void>;
};

const SERVER = join(import.meta.dirname, "children/postgres-server.ts");

async function query(url: string, text: string): Promise<readonly (readonly unknown[])[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

/** Quick and forgetful: what a test wrote need not outlive a loss of power. */
const FORGETFUL = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];

/** Starts a server of its own with these settings; the caller closes it. */
export async function startServer(flags: readonly string[] = FORGETFUL): Promise<TestServer> {
  const child = spawn(process.execPath, [SERVER, PASSWORD, ...flags], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const { value, done } = await lines.next();
    return done === true ? Promise.reject(new Error("the PostgreSQL server ended")) : String(value);
  };
  const order = async (word: string): Promise<void> => {
    child.stdin.write(`${word}\n`);
    await answer();
  };
  const port = Number(await answer());
  const url = `postgres://kernel:${PASSWORD}@127.0.0.1:${port}/postgres`;
  const close = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  const orders = { stop: () => order("stop"), kill: () => order("kill"), start: () => order("start") };
  return { url, port, sql: (text) => query(url, text), ...orders, close };
}

function serverOutside(url: string): TestServer {
  const stay = async (): Promise<void> => undefined;
  const orders = { stop: stay, kill: stay, start: stay, close: stay };
  return { url, port: Number(new URL(url).port || 5432), sql: (text) => query(url, text), ...orders };
}

let shared: Promise<TestServer> | null = null;

/** The server of this test file. */
export function testServer(): Promise<TestServer> {
  const outside = process.env["EXEC_KERNEL_TEST_PG"] ?? "";
  shared ??= outside === "" ? startServer() : Promise.resolve(serverOutside(outside));
  return shared;
}

after(async () => {
  await (await shared)?.close();
});

let schemas = 0;

/** The URL of a schema that no other test has, on the file's server unless another one is given. */
export async function freshUrl(server?: TestServer): Promise<string> {
  const { url } = server ?? (await testServer());
  return `${url}?schema=test_${process.pid}_${(schemas += 1)}`;
}

/** Opens the store at a URL as tests do: made where it is missing, on one node. */
export function openTestStore(url: string, options: Partial<PostgresOptions> = {}): Promise<Store> {
  return openPostgresStore({ url, create: true, singleNode: true, unsafe: true, ...options });
}

/** Removes what a test made on a server that stays. */
export async function dropSchema(url: string): Promise<void> {
  if ((process.env["EXEC_KERNEL_TEST_PG"] ?? "") === "") return;
  const schema = new URL(url).searchParams.get("schema") ?? "";
  await (await testServer()).sql(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
}
