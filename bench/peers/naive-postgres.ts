// The peer of the PostgreSQL store: the same kernel over a store as one would first write it. Each command is a
// transaction of its own on a connection of its own, in five round trips: begin, lock the head, read the rows, write,
// commit. Only what one command needs is written; it stands here to be measured, not to be used.

import type { Client } from "pg";
import type { RowChange, Session, Store, StoredEvent, StoredHead } from "../../src/store/index.ts";

const TABLES = `
  CREATE SCHEMA naive;
  CREATE TABLE naive.head (workspace text PRIMARY KEY, sequence bigint, hash text, min_writer int);
  CREATE TABLE naive.event (workspace text, sequence bigint, at bigint, type text, hash text, bytes text,
    PRIMARY KEY (workspace, sequence));
  CREATE TABLE naive.state (workspace text, key text, bytes text, PRIMARY KEY (workspace, key));`;
const LOCK = "SELECT sequence::float8, hash, min_writer FROM naive.head WHERE workspace = $1 FOR UPDATE";
const READ = "SELECT key, bytes FROM naive.state WHERE workspace = $1 AND key = ANY($2)";
const EVENT =
  "SELECT sequence::float8, at::float8, type, hash, bytes FROM naive.event WHERE workspace = $1 AND sequence = $2";
const WRITE = `
  WITH h AS (
    INSERT INTO naive.head VALUES ($1, $2, $3, $4)
    ON CONFLICT (workspace) DO UPDATE SET sequence = $2, hash = $3, min_writer = $4),
  e AS (
    INSERT INTO naive.event SELECT $1, * FROM unnest($5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::text[])),
  d AS (DELETE FROM naive.state WHERE workspace = $1 AND key = ANY($12))
  INSERT INTO naive.state SELECT $1, * FROM unnest($10::text[], $11::text[])
  ON CONFLICT (workspace, key) DO UPDATE SET bytes = excluded.bytes`;

type HeadColumns = { readonly sequence: number; readonly hash: string; readonly min_writer: number };
type RowColumns = { readonly key: string; readonly bytes: string };

/** Empty tables for it, in a schema of their own. */
export async function makeNaiveTables(client: Client): Promise<void> {
  await client.query("DROP SCHEMA IF EXISTS naive CASCADE");
  await client.query(TABLES);
}

function written(next: StoredHead, events: readonly StoredEvent[], rows: readonly RowChange[]): readonly unknown[] {
  const kept = rows.filter(({ bytes }) => bytes !== null);
  return [
    ...[next.sequence, next.hash, next.minWriter],
    ...[events.map(({ sequence }) => sequence), events.map(({ at }) => at), events.map(({ type }) => type)],
    ...[events.map(({ hash }) => hash), events.map(({ bytes }) => bytes)],
    ...[kept.map(({ key }) => key), kept.map(({ bytes }) => bytes)],
    rows.filter(({ bytes }) => bytes === null).map(({ key }) => key),
  ];
}

const unused = (): never => {
  throw new Error("the naive store is for one command after the other");
};

class NaiveSession {
  readonly #client: Client;
  readonly #workspace: string;
  /** Read together with the first that are asked for: what the last command read, and what is known of this one. */
  readonly #expected: Set<string>;
  readonly #rows = new Map<string, string | null>();

  constructor(client: Client, workspace: string, expected: Set<string>) {
    this.#client = client;
    this.#workspace = workspace;
    this.#expected = expected;
  }

  async head(): Promise<StoredHead | null> {
    const { rows } = await this.#client.query<HeadColumns>({ name: "lock", text: LOCK, values: [this.#workspace] });
    const [head] = rows;
    return head === undefined ? null : { sequence: head.sequence, hash: head.hash, minWriter: head.min_writer };
  }

  async load(keys: readonly string[]): Promise<readonly (string | null)[]> {
    const missing = keys.filter((key) => !this.#rows.has(key));
    if (missing.length > 0) await this.#read([...new Set([...missing, ...this.#expected])]);
    return keys.map((key) => this.#rows.get(key) ?? null);
  }

  async event(sequence: number): Promise<StoredEvent | null> {
    const { rows } = await this.#client.query<StoredEvent>({ text: EVENT, values: [this.#workspace, sequence] });
    return rows[0] ?? null;
  }

  async append(
    _: StoredHead | null,
    next: StoredHead,
    ...rest: [readonly StoredEvent[], readonly RowChange[]]
  ): Promise<void> {
    const values = [this.#workspace, ...written(next, ...rest)];
    await this.#client.query({ name: "write", text: WRITE, values });
  }

  async #read(keys: readonly string[]): Promise<void> {
    const { rows } = await this.#client.query<RowColumns>({
      name: "read",
      text: READ,
      values: [this.#workspace, keys],
    });
    for (const key of keys) this.#rows.set(key, null);
    for (const { key, bytes } of rows) this.#rows.set(key, bytes);
    for (const key of keys) this.#expected.add(key);
  }
}

/** The store on one connection; `expect` names a key that the next command will read. */
export type NaiveStore = { readonly store: Store; readonly expect: (key: string) => void };

/** Keys of commands that are over are not read for ever. */
const EXPECTED_MAX = 32;

export function naiveStore(client: Client): NaiveStore {
  let expected = new Set<string>();
  const sessionOf = (workspace: string): Session => {
    const one = new NaiveSession(client, workspace, expected);
    return {
      head: () => one.head(),
      load: (keys) => one.load(keys),
      event: (sequence) => one.event(sequence),
      append: (before, next, events, rows) => one.append(before, next, events, rows),
      count: async () => undefined,
      counters: async () => new Map<string, number>(),
      events: async () => [],
      rows: async () => [],
      search: unused,
    };
  };
  const transact: Store["transact"] = async (workspace, work) => {
    await client.query("BEGIN");
    const result = await work(sessionOf(workspace));
    await client.query("COMMIT");
    if (expected.size > EXPECTED_MAX) expected = new Set();
    return result;
  };
  const read: Store["read"] = (workspace, work) => work(sessionOf(workspace));
  const checkpoints = { list: unused, part: unused, savePart: unused, save: unused };
  const rest = { read, checkpoints, workspaces: unused, facts: unused, check: unused, close: () => client.end() };
  return { store: { kind: "memory", transact, ...rest }, expect: (key) => void expected.add(key) };
}
