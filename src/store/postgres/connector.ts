// Finds the primary among the hosts and connects to it. A server in recovery, or one that takes no writes, is not used
// for anything: what it holds may be old. While a fail-over goes on, there may be no primary for some seconds.

import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import type { ClientConfig } from "pg";
import { codeOf } from "../../system/index.ts";
import { StoreFault } from "../fault.ts";
import { Connection } from "./connection.ts";
import { textAt, isTrueAt } from "./columns.ts";
import type { Driver } from "./driver.ts";
import { findPassword, type Env } from "./password.ts";
import { fromConnecting, Lost } from "./sql-fault.ts";
import type { Host, Target } from "./url.ts";

/** A snapshot may wait for its reader as long as that takes; a write that stands still holds others up. */
export type Purpose = "read" | "write";

type ConnectorOptions = {
  readonly driver: Driver;
  readonly target: Target;
  /** A server that has not answered for so long is as good as gone. */
  readonly patienceMs: number;
  readonly env: Env;
  readonly lockTimeoutMs: number;
};

const CONNECT_TIMEOUT_MS = 5_000;

// Every question looks rows up by their keys: whatever the statistics say, or do not say yet, a scan or a hash of a
// whole table is the wrong plan. Compiling a statement costs more than running it.
const SET_UP = `
  SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only'),
    pg_catalog.current_setting('server_encoding'),
    pg_catalog.set_config('search_path', 'pg_catalog', false), pg_catalog.set_config('jit', 'off', false),
    pg_catalog.set_config('enable_seqscan', 'off', false), pg_catalog.set_config('enable_hashjoin', 'off', false),
    pg_catalog.set_config('enable_mergejoin', 'off', false),
    pg_catalog.set_config('default_transaction_isolation', 'read committed', false),
    pg_catalog.set_config('statement_timeout', '0', false), pg_catalog.set_config('lock_timeout', $1, false),
    pg_catalog.set_config('idle_in_transaction_session_timeout', $2, false)`;

function certificateIn(path: string, shown: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const told = `${shown}: sslrootcert=${path} cannot be read (${codeOf(error)})`;
    throw new StoreFault("store.url", shown, `${told}: name a file that this user may read`, error);
  }
}

function sslOf({ sslMode, sslRootCert, shown }: Target): ClientConfig["ssl"] {
  if (sslMode === "disable") return false;
  const ca = sslRootCert === null ? {} : { ca: certificateIn(sslRootCert, shown) };
  if (sslMode === "require") return { rejectUnauthorized: false, ...ca };
  if (sslMode === "verify-ca") return { checkServerIdentity: () => undefined, ...ca };
  return ca;
}

function userOf(target: Target, env: Env): string {
  return target.user ?? (env["PGUSER"] || userInfo().username);
}

export class Connector {
  readonly #options: ConnectorOptions;
  readonly #listeners: ((host: Host) => void)[] = [];
  /** Where the primary was last found: it is asked first. */
  #first = 0;

  constructor(options: ConnectorOptions) {
    this.#options = options;
  }

  /** `listener` is told of each host to which a connection is lost. */
  onLost(listener: (host: Host) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Connects to the primary, trying each host once; Lost when none can be reached or none is a primary. A host that
   * fails for another reason may be a standby that has not heard of the user or the database yet: the others are tried,
   * and it is a fault only when that is all there is.
   */
  async connectOnce(purpose: Purpose): Promise<Connection> {
    const { hosts } = this.#options.target;
    const problems: Error[] = [];
    for (let turn = 0; turn < hosts.length; turn += 1) {
      const index = (this.#first + turn) % hosts.length;
      const host = hosts[index];
      if (host === undefined) continue;
      try {
        const connection = await this.#connectTo(host, purpose);
        this.#first = index;
        return connection;
      } catch (error) {
        if (error instanceof Lost) problems.push(new Lost(`${host.host}:${host.port} ${error.message}`, error));
        else if (error instanceof StoreFault) problems.push(error);
        else throw error;
      }
    }
    const lost = problems.filter((problem) => problem instanceof Lost);
    const [first] = problems;
    if (first !== undefined && lost.length === 0) throw first;
    // Whoever refuses a login has answered too.
    const answered = lost.length < problems.length || lost.some((problem) => problem.answered);
    throw new Lost(problems.map(({ message }) => message).join("; "), { answered });
  }

  async #connectTo(host: Host, purpose: Purpose): Promise<Connection> {
    const { driver, target, patienceMs, lockTimeoutMs } = this.#options;
    const client = new driver.Client(this.#configOf(host));
    const connection = new Connection(client, {
      host,
      where: target.shown,
      answerTimeoutMs: patienceMs,
      onLost: (lost) => this.#lose(host, lost),
    });
    try {
      await client.connect();
    } catch (error) {
      connection.drop();
      throw fromConnecting(error, target.shown);
    }
    try {
      // Shorter than the patience: whoever finds out what became of a lost transaction waits for its locks.
      const idleMs = purpose === "write" ? Math.ceil(patienceMs / 2) : 0;
      const [columns] = await connection.ask({ text: SET_UP }, [`${lockTimeoutMs}ms`, `${idleMs}ms`]);
      if (isTrueAt(columns, 0)) throw new Lost("is a standby", { answered: true });
      if (textAt(columns, 1) === "on")
        throw new Lost("takes no writes (transaction_read_only is on)", { answered: true });
      if (textAt(columns, 2) !== "UTF8") throw wrongEncoding(target.shown, textAt(columns, 2));
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** A host that fell silent is asked last: reaching for it again would take as long as a network may. */
  #lose(host: Host, { silent }: Lost): void {
    const { hosts } = this.#options.target;
    if (silent && hosts[this.#first] === host) this.#first = (this.#first + 1) % hosts.length;
    for (const listener of this.#listeners) listener(host);
  }

  #configOf(host: Host): ClientConfig {
    const { target, env, patienceMs } = this.#options;
    const user = userOf(target, env);
    const database = target.database ?? (env["PGDATABASE"] || user);
    const login = { ...host, user, database };
    const password = findPassword(target.password, login, env);
    return {
      ...login,
      // An empty one is asked for only by a server that wants one; null would have pg look for it itself.
      password: password ?? (() => ""),
      ssl: sslOf(target),
      application_name: "exec-kernel",
      connectionTimeoutMillis: Math.min(CONNECT_TIMEOUT_MS, patienceMs),
      keepAlive: true,
    };
  }
}

function wrongEncoding(shown: string, encoding: string): StoreFault {
  const way = "make a database with createdb -E UTF8 -T template0, and name it in --store";
  return new StoreFault("store.io", shown, `${shown} is a database in ${encoding}, keys and texts need UTF8: ${way}`);
}
