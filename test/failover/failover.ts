// One fail-over: the primary is killed under load, the synchronous standby takes over, the killed server comes back as a
// standby. Told in seconds, as clients and servers saw it.

import { setTimeout as delay } from "node:timers/promises";
import { until } from "../paperclip-server/ports.ts";
import type { Random } from "../support/random.ts";
import type { Clients } from "./clients.ts";
import type { Cluster } from "./cluster.ts";
import { signal } from "./processes.ts";
import type { Server } from "./server.ts";
import { silenceAt } from "./silence.ts";
import type { Silence } from "./silence.ts";

const TAKES_OVER_MS = 90_000;
const CUT_MS = 500;
const [LOAD_MIN, LOAD_SPREAD, AFTER] = [150, 150, 50];

/** Kills the primary in one of the moments that matter; `cluster` is whole and under load. */
type Kill = (cluster: Cluster, primary: Server) => Promise<void>;

const atOnce: Kill = (_, primary) => primary.kill();

/** The commits under way are on every standby, and no client is told: each has to be found, none to be made twice. */
const beforeTheAnswers: Kill = async (cluster, primary) => {
  const receivers = cluster.standbysOf(primary).flatMap(({ receiver }) => receiver);
  signal(receivers, "SIGSTOP");
  await delay(CUT_MS);
  signal(primary.backends, "SIGSTOP");
  signal(receivers, "SIGCONT");
  await cluster.caughtUp(primary);
  await primary.kill();
};

/** What is acknowledged while no standby hears of it is lost with the primary: so nothing may be. */
const cutOff: Kill = async (cluster, primary) => {
  const receivers = cluster.standbysOf(primary).flatMap(({ receiver }) => receiver);
  signal(receivers, "SIGSTOP");
  await delay(CUT_MS);
  await primary.kill();
  // Not continued: what waits for them in their sockets has to be lost.
  signal(receivers, "SIGKILL");
};

const KILLS: readonly { readonly moment: string; readonly kill: Kill }[] = [
  { moment: "at any moment", kill: atOnce },
  { moment: "commits replicated, not answered", kill: beforeTheAnswers },
  { moment: "standbys cut off", kill: cutOff },
];

export type FailOver = {
  readonly moment: string;
  readonly killed: string;
  readonly next: string;
  /** No client had an answer. */
  readonly silence: Silence | null;
  /** The longest that any one process had none. */
  readonly longest: Silence | null;
  /** From its start until the killed server streamed as a standby. */
  readonly backMs: number;
};

/** The fail-over of this number, from 0: each kills in another of the moments. */
export async function failOver(cluster: Cluster, clients: Clients, dice: Random, number: number): Promise<FailOver> {
  const { moment, kill } = KILLS[number % KILLS.length] ?? { moment: "at once", kill: atOnce };
  await clients.more(LOAD_MIN + dice.below(LOAD_SPREAD));
  const primary = await cluster.whole();
  const killedAtMs = Date.now();
  await kill(cluster, primary);
  const next = await until(`a primary after ${primary.name} was killed`, TAKES_OVER_MS, async () => {
    const found = await cluster.primary();
    return found === primary ? null : found;
  });
  await clients.more(AFTER);
  const silences = clients.times.map((times) => silenceAt(killedAtMs, times));
  const silence = silenceAt(killedAtMs, clients.times.flat());
  const startedMs = performance.now();
  primary.start();
  await cluster.whole();
  const backMs = performance.now() - startedMs;
  return { moment, killed: primary.name, next: next.name, silence, longest: longestOf(silences), backMs };
}

function longestOf(silences: readonly (Silence | null)[]): Silence | null {
  const known = silences.filter((silence) => silence !== null);
  return known.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))[0] ?? null;
}
