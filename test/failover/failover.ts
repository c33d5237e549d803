// One fail-over: the primary is killed under load, the synchronous standby takes over, the killed server comes back as a
// standby. Told in seconds, as clients and servers saw it.

import { setTimeout as delay } from "node:timers/promises";
import { until } from "../paperclip-server/ports.ts";
import type { Random } from "../support/random.ts";
import type { Clients } from "./clients.ts";
import type { Cluster, Primary } from "./cluster.ts";
import { silenceAt } from "./silence.ts";
import type { Silence } from "./silence.ts";

const TAKES_OVER_MS = 90_000;
const CUT_MS = 500;
const [LOAD_MIN, LOAD_SPREAD, AFTER] = [150, 150, 50];

export type FailOver = {
  readonly killed: string;
  readonly next: string;
  /** No client had an answer. */
  readonly silence: Silence | null;
  /** The longest that any one process had none. */
  readonly longest: Silence | null;
  /** From its start until the killed server streamed as a standby. */
  readonly backMs: number;
};

/**
 * Kills the primary at a moment that the dice choose. With `cutOff`, its standbys hear nothing from it for half a second
 * before: whatever is acknowledged then is lost with it, so nothing may be.
 */
export async function failOver(cluster: Cluster, clients: Clients, dice: Random, cutOff: boolean): Promise<FailOver> {
  const { server } = await cluster.whole();
  await clients.more(LOAD_MIN + dice.below(LOAD_SPREAD));
  const kills = cutOff ? cluster.standbysOf(server).map((standby) => standby.freezeReceiver()) : [];
  if (cutOff) await delay(CUT_MS);
  const killedAtMs = Date.now();
  await server.kill();
  for (const killReceiver of kills) killReceiver?.();
  const next = await until(`a primary after ${server.name} was killed`, TAKES_OVER_MS, () =>
    another(cluster, server.name),
  );
  await clients.more(AFTER);
  const silences = clients.times.map((times) => silenceAt(killedAtMs, times));
  const silence = silenceAt(killedAtMs, clients.times.flat());
  const startedMs = performance.now();
  server.start();
  await cluster.whole();
  const backMs = performance.now() - startedMs;
  return { killed: server.name, next: next.server.name, silence, longest: longestOf(silences), backMs };
}

async function another(cluster: Cluster, killed: string): Promise<Primary | null> {
  const primary = await cluster.primary();
  return primary === null || primary.server.name === killed ? null : primary;
}

function longestOf(silences: readonly (Silence | null)[]): Silence | null {
  const known = silences.filter((silence) => silence !== null);
  return known.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))[0] ?? null;
}
