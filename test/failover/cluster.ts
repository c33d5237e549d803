// A PostgreSQL of three servers under Patroni, with one etcd, in a folder and on ports of its own: what docs/deploy-postgres.md
// tells how to run, made small. One etcd, because it is not what is killed here.

import { randomBytes } from "node:crypto";
import { chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort, until } from "../paperclip-server/ports.ts";
import type { Timing } from "./patroni-config.ts";
import type { Access } from "./make-store.ts";
import { sqlOnPage } from "./page.ts";
import { killAllIn, startProgram } from "./processes.ts";
import type { User } from "./processes.ts";
import type { Programs } from "./programs.ts";
import { Server } from "./server.ts";
import type { ServerState } from "./server.ts";

const HOST = "127.0.0.1";
const SERVERS = 3;
const START_MS = 90_000;
const CAUGHT_UP_MS = 10_000;
// A fail-over within seconds; Patroni of version 4 raises ttl to 20 by itself.
const TIMING: Timing = { ttl: 10, loopWait: 1, retryTimeout: 4 };

function secret(): string {
  return randomBytes(18).toString("hex");
}

export class Cluster {
  readonly synchronous: boolean;
  readonly #programs: Programs;
  readonly #folder: string;
  readonly #superuser: string = secret();
  readonly #password: string = secret();
  #servers: readonly Server[] = [];

  /** A folder for it; nothing runs yet. */
  constructor(programs: Programs, synchronous: boolean) {
    this.synchronous = synchronous;
    this.#programs = programs;
    this.#folder = mkdtempSync(join(tmpdir(), "exec-kernel-failover-"));
    if (programs.user !== null) chownSync(this.#folder, programs.user.uid, programs.user.gid);
  }

  /** Starts etcd and the servers; resolves when one is primary and streams to the others. */
  async start(): Promise<Server> {
    const { binDir, user } = this.#programs;
    const etcd = await startEtcd(this.folderOf("etcd"), user);
    const passwords = { superuser: this.#superuser, replication: secret(), rewind: secret() };
    const common = { address: HOST, network: `${HOST}/32`, etcd, binDir, user, passwords, timing: TIMING } as const;
    const servers: Server[] = [];
    for (let n = 1; n <= SERVERS; n += 1) {
      const ports = { postgresPort: await freePort(), restPort: await freePort() };
      const own = { name: `pg${n}`, folder: this.folderOf(`pg${n}`), watchdog: "off" } as const;
      servers.push(new Server({ ...common, ...ports, ...own, synchronous: this.synchronous }));
    }
    this.#servers = servers;
    for (const server of servers) server.start();
    return this.whole();
  }

  /** A folder whose processes end with the cluster, of the user that it runs as. */
  folderOf(name: string): string {
    const { user } = this.#programs;
    const folder = join(this.#folder, name);
    mkdirSync(folder, { mode: 0o700 });
    if (user !== null) chownSync(folder, user.uid, user.gid);
    return folder;
  }

  /** The database with every server in it, for exec-kernel's own user. */
  get access(): Access {
    const hosts = this.#servers.map(({ port }) => `${HOST}:${port}`).join(",");
    return { url: `postgres://exec_kernel@${hosts}/exec_kernel`, password: this.#password };
  }

  /** The server that says it is primary; null while there is none. */
  async primary(): Promise<Server | null> {
    const found = (await this.#states()).filter(({ state }) => state.isPrimary);
    return found.length === 1 ? (found[0]?.server ?? null) : null;
  }

  /** Waits until one primary streams to all others and, where commits wait for a standby, one of them may take over. */
  async whole(): Promise<Server> {
    return until("a primary that streams to all standbys, one of them synchronous", START_MS, async () => {
      const states = await this.#states();
      const primary = states.find(({ state }) => state.isPrimary);
      if (primary === undefined || primary.state.standbys.length < SERVERS - 1) return null;
      return !this.synchronous || states.some(({ state }) => state.isSynchronous) ? primary.server : null;
    });
  }

  /** Waits until every other server has all that this one has logged by now. */
  async caughtUp(primary: Server): Promise<void> {
    const position = (await primary.state())?.position ?? NaN;
    await until(`the log of ${primary.name} on its standbys`, CAUGHT_UP_MS, async () => {
      const states = await this.#states();
      return states.every(({ state }) => state.position >= position) ? true : null;
    });
  }

  async #states(): Promise<readonly { readonly server: Server; readonly state: ServerState }[]> {
    const asked = this.#servers.map(async (server) => ({ server, state: await server.state() }));
    return (await Promise.all(asked)).flatMap(({ server, state }) => (state === null ? [] : [{ server, state }]));
  }

  /** The other servers. */
  standbysOf(primary: Server): readonly Server[] {
    return this.#servers.filter((server) => server !== primary);
  }

  /** The user and the database of exec-kernel, made as docs/deploy-postgres.md says. */
  async makeDatabase(server: Server): Promise<void> {
    await this.#carryOut(server, "postgres", sqlOnPage(this.#password).first);
  }

  /** The settings and the questions of docs/deploy-postgres.md; the tables exist. */
  async setUpDatabase(server: Server): Promise<void> {
    await this.#carryOut(server, "exec_kernel", sqlOnPage(this.#password).later);
  }

  async #carryOut({ port }: Server, database: string, statements: readonly string[]): Promise<void> {
    const client = new pg.Client({ host: HOST, port, user: "postgres", password: this.#superuser, database });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  /** What each server logged last. */
  lastWords(): string {
    return this.#servers.map((server) => `-- ${server.name}\n${server.lastWords()}`).join("\n");
  }

  /** Ends every process of it, and its folder. */
  async remove(): Promise<void> {
    await killAllIn(this.#folder);
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** host:port of a new etcd. */
async function startEtcd(folder: string, user: User | null): Promise<string> {
  const [client, peer] = [await freePort(), await freePort()].map((port) => `http://${HOST}:${port}`);
  const args = [
    ["--name", "etcd1"],
    ["--data-dir", join(folder, "data")],
    ["--listen-client-urls", client],
    ["--advertise-client-urls", client],
    ["--listen-peer-urls", peer],
    ["--initial-advertise-peer-urls", peer],
    ["--initial-cluster", `etcd1=${peer}`],
  ].flatMap((pair) => pair.map(String));
  startProgram({ command: "etcd", args, folder, log: join(folder, "etcd.log"), user });
  const healthy = async (): Promise<true | null> => {
    const response = await fetch(`${client}/health`).catch(() => null);
    return response?.ok === true ? true : null;
  };
  await until("etcd", START_MS, healthy);
  return String(client).slice("http://".length);
}
