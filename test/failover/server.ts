// One database server: a Patroni with its PostgreSQL, in a folder of its own. What it says of itself is asked over Patroni's
// REST interface, never guessed.

import { chmodSync, chownSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { patroniYml } from "./patroni-config.ts";
import type { NodeSettings } from "./patroni-config.ts";
import { killAllIn, processesIn, signal, startProgram } from "./processes.ts";
import type { User } from "./processes.ts";

const ASKED_MS = 2_000;
const LOG_LINES = 15;

/** What a server's Patroni says of it; `standbys` are those that a primary streams to. */
export type ServerState = {
  readonly isPrimary: boolean;
  readonly timeline: number;
  readonly standbys: readonly { readonly name: string; readonly isSynchronous: boolean }[];
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

function standbyOf(value: unknown): ServerState["standbys"] {
  if (!isSaid(value) || value["state"] !== "streaming") return [];
  return [{ name: String(value["application_name"]), isSynchronous: value["sync_state"] === "sync" }];
}

function stateOf(said: unknown): ServerState | null {
  if (!isSaid(said) || said["state"] !== "running") return null;
  const { role, timeline, replication } = said;
  return {
    isPrimary: role === "master" || role === "primary",
    timeline: Number(timeline),
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

  /** Its process that receives the primary's log; null while there is none. */
  #receiver(): number | null {
    const found = processesIn(this.#place.folder).find((id) => titleOf(id).includes("walreceiver"));
    return found ?? null;
  }

  /** Nothing that the primary logs from now on arrives here, while the primary believes that it is connected. */
  freezeReceiver(): (() => void) | null {
    const id = this.#receiver();
    if (id === null) return null;
    signal(id, "SIGSTOP");
    // Killed and not continued: what waits for it in the socket must be lost with it.
    return () => signal(id, "SIGKILL");
  }

  /** The end of what it logged, for a report of what went wrong. */
  lastWords(): string {
    if (!existsSync(this.#log)) return "";
    return readFileSync(this.#log, "utf8").trimEnd().split("\n").slice(-LOG_LINES).join("\n");
  }
}

function titleOf(id: number): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
