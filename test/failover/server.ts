// One database server: a Patroni with its PostgreSQL, in a folder of its own. What it says of itself is asked over Patroni's
// REST interface, never guessed.

import { chmodSync, chownSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { patroniYml } from "./patroni-config.ts";
import type { NodeSettings } from "./patroni-config.ts";
import { killAllIn, processesIn, startProgram, titleOf } from "./processes.ts";
import type { User } from "./processes.ts";

const ASKED_MS = 2_000;
const LOG_LINES = 15;

/** What a server's Patroni says of it. */
export type ServerState = {
  readonly isPrimary: boolean;
  /** It alone may take over. */
  readonly isSynchronous: boolean;
  /** The end of the log that it has, in bytes. */
  readonly position: number;
  /** Those that a primary streams to. */
  readonly standbys: readonly string[];
};

/** Where it is; the folder exists and belongs to the user. */
export type ServerPlace = Omit<NodeSettings, "dataDir" | "pgpass" | "socketDir"> & {
  readonly folder: string;
  readonly user: User | null;
};

type Said = { readonly [name: string]: unknown };

function isSaid(value: unknown): value is Said {
  return typeof value === "object" && value !== null;
}

function standbyOf(value: unknown): readonly string[] {
  return isSaid(value) && value["state"] === "streaming" ? [String(value["application_name"])] : [];
}

function stateOf(said: unknown): ServerState | null {
  if (!isSaid(said) || said["state"] !== "running") return null;
  const { role, replication, xlog, sync_standby: synchronous } = said;
  const place = isSaid(xlog) ? xlog : {};
  return {
    isPrimary: role === "master" || role === "primary",
    isSynchronous: synchronous === true,
    position: Number(place["location"] ?? place["received_location"]),
    standbys: Array.isArray(replication) ? replication.flatMap(standbyOf) : [],
  };
}

export class Server {
  readonly name: string;
  readonly port: number;
  readonly #place: ServerPlace;
  readonly #config: string;
  readonly #log: string;

  constructor(place: ServerPlace) {
    const { folder, user } = place;
    this.name = place.name;
    this.port = place.postgresPort;
    this.#place = place;
    this.#config = join(folder, "patroni.yml");
    this.#log = join(folder, "patroni.log");
    const places = { dataDir: join(folder, "data"), pgpass: join(folder, "pgpass"), socketDir: folder };
    writeFileSync(this.#config, patroniYml({ ...place, ...places }));
    if (user !== null) chownSync(this.#config, user.uid, user.gid);
    chmodSync(this.#config, 0o600);
  }

  start(): void {
    const { folder, user } = this.#place;
    startProgram({ command: "patroni", args: [this.#config], folder, log: this.#log, user });
  }

  /** kill -9 for Patroni, postmaster and backends: the server is gone as if its machine had lost power, save its disk. */
  async kill(): Promise<void> {
    await killAllIn(this.#place.folder);
  }

  /** Null while it does not run or does not answer. */
  async state(): Promise<ServerState | null> {
    try {
      const url = `http://${this.#place.address}:${this.#place.restPort}/patroni`;
      const response = await fetch(url, { signal: AbortSignal.timeout(ASKED_MS) });
      return stateOf(await response.json());
    } catch {
      return null;
    }
  }

  /** Its process that receives the primary's log. */
  get receiver(): readonly number[] {
    return this.#processes("walreceiver");
  }

  /** Its processes that answer kernels. */
  get backends(): readonly number[] {
    return this.#processes("exec_kernel ");
  }

  #processes(title: string): readonly number[] {
    return processesIn(this.#place.folder).filter((id) => titleOf(id).includes(title));
  }

  /** The end of what it logged, for a report of what went wrong. */
  lastWords(): string {
    if (!existsSync(this.#log)) return "";
    return readFileSync(this.#log, "utf8").trimEnd().split("\n").slice(-LOG_LINES).join("\n");
  }
}
