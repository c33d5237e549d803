// Opens the store in a PostgreSQL schema: everything that can be wrong with the server is told apart here, once.

import { StoreFault } from "../fault.ts";
import type { Store } from "../store.ts";
import { Appender } from "./appender.ts";
import { ClockCheck } from "./clock-check.ts";
import type { Ask, Connection } from "./connection.ts";
import { Connector } from "./connector.ts";
import { loadDriver } from "./driver.ts";
import { checkPower, readDurability, standbyFault } from "./durability.ts";
import type { Env } from "./password.ts";
import { openPatiently } from "./opening.ts";
import { Patience } from "./patience.ts";
import { Pool } from "./pool.ts";
import { PostgresStore } from "./postgres-store.ts";
import { Reads } from "./reads.ts";
import { lookAtSchema, prepareSchema, type Identity } from "./schema.ts";
import { Search } from "./search.ts";
import { gaveUp } from "./sql-fault.ts";
import { statementsFor } from "./statements.ts";
import { parsePostgresUrl, type Target } from "./url.ts";

const PATIENCE_MS = 30_000;
const BUSY_TIMEOUT_MS = 10_000;
const WRITERS_MAX = 6;
const READERS_MAX = 6;

export type PostgresOptions = {
  /** postgres://user@host:5432,host2/database?schema=exec_kernel */
  readonly url: string;
  /** Makes a missing schema and its tables; without it a missing one is store.absent. */
  readonly create?: boolean;
  /** Accepts that the loss of one machine loses decisions; kept in the store when it is made, or later. */
  readonly singleNode?: boolean;
  /** How long to wait for a lost server to come back, and for any answer; 30,000 unless told. */
  readonly patienceMs?: number;
  /** How long opening waits for a primary: as `patienceMs` unless told, and 10,000 at most where no host answers. */
  readonly openingPatienceMs?: number;
  /** Is told once, in one line, what opening waits for, when that takes some seconds. */
  readonly onWaiting?: (told: string) => void;
  /** How long to wait for another writer's lock before store.busy; 10,000 unless told. */
  readonly busyTimeoutMs?: number;
  /** Jitter of the waits, in [0, 1). */
  readonly random?: () => number;
  /** Milliseconds since 1970, as the kernel counts them; compared with the server's. */
  readonly clock?: () => number;
  /** For tests: takes a server that forgets commits when the power goes. */
  readonly unsafe?: boolean;
  /** Where PGUSER, PGPASSWORD and the like are looked up; the process's environment unless told. */
  readonly env?: Env;
};

/** Opens the store that a URL names; StoreFault tells what is wrong with the URL, the server or the schema. */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const target = parsePostgresUrl(options.url);
  const patience = new Patience({
    patienceMs: options.patienceMs ?? PATIENCE_MS,
    random: options.random ?? Math.random,
    monotonicMs: () => performance.now(),
  });
  const connector = new Connector({
    driver: await loadDriver(),
    target,
    patienceMs: patience.patienceMs,
    env: options.env ?? process.env,
    lockTimeoutMs: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS,
  });
  const { first, identity } = await openPatiently(() => firstConnection(connector, target, options), {
    patience,
    openingPatienceMs: options.openingPatienceMs ?? patience.patienceMs,
    onWaiting: options.onWaiting ?? (() => undefined),
    where: target.shown,
  });
  return assemble(connector, patience, target, identity, options.clock ?? Date.now, first);
}

type Opened = { readonly first: Connection; readonly identity: Identity };

/** A connection to the primary on which the store was found whole, or made. */
async function firstConnection(connector: Connector, { schema }: Target, options: PostgresOptions): Promise<Opened> {
  const first = await connector.connectOnce("write");
  try {
    return { first, identity: await prepare(first, schema, options) };
  } catch (error) {
    await first.close();
    throw error;
  }
}

async function prepare(connection: Connection, schema: string, options: PostgresOptions): Promise<Identity> {
  const { where } = connection;
  const singleNode = options.singleNode ?? false;
  const durability = await readDurability(connection);
  if (options.unsafe !== true) checkPower(durability, where);
  const found = await lookAtSchema(connection, schema);
  if (found === null && options.create !== true) {
    const told = `${where} has no store in schema ${schema}: run \`exec-kernel init\` with the same --store to make one`;
    throw new StoreFault("store.absent", where, told, singleNode ? undefined : standbyFault(durability, where));
  }
  const risky = found === null && !singleNode ? standbyFault(durability, where) : undefined;
  if (risky !== undefined) throw risky;
  return await prepareSchema(connection, schema, found, singleNode);
}

function assemble(
  connector: Connector,
  patience: Patience,
  target: Target,
  identity: Identity,
  clock: () => number,
  first: Connection,
): Store {
  const { shown: where, schema } = target;
  const pool = new Pool(() => connector.connectOnce("write"), WRITERS_MAX);
  pool.adopt(first);
  const readers = new Pool(() => connector.connectOnce("read"), READERS_MAX);
  connector.onLost((host) => {
    pool.forget(host);
    readers.forget(host);
  });
  const [statements, reads] = [statementsFor(schema), new Reads(schema)];
  const fate = { pool, reads, statements, patience, where };
  const once: Ask = (question, values) => pool.with((connection) => connection.ask(question, values));
  const ask: Ask = (question, values) =>
    patience.until(() => once(question, values), gaveUp(where, patience.patienceMs));
  const provenOnce: Ask = (question, values) =>
    pool.with(async (connection) => {
      await connection.prove();
      return connection.ask(question, values);
    });
  const askProven: Ask = (question, values) =>
    patience.until(() => provenOnce(question, values), gaveUp(where, patience.patienceMs));
  return new PostgresStore({
    ...fate,
    ask,
    askProven,
    readers,
    schema,
    identity,
    search: new Search(schema, reads),
    appender: new Appender(fate),
    heads: new Map(),
    clock: new ClockCheck(ask, clock, () => patience.nowMs(), where),
  });
}
