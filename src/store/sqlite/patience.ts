// Waiting for a lock that another process holds. SQLite's own busy timeout backs off and starves writers for seconds;
// short random waits are fair among processes. They grow with every try: thirty waiters that wake three thousand times a
// second each would leave the holder no time to finish.

import { setImmediate, setTimeout } from "node:timers/promises";
import { StoreFault } from "../fault.ts";
import type { Connection } from "./connection.ts";

const WAIT_LEAST_MS = 0.1;
const WAIT_SPREAD_MS = 0.4;
const GIVE_WAY_MS = 50;
/** Waits grow by the square root of two a try, up to this many times the first. */
const GROWTH_MAX = 32;
/** From here on a timer of node is exact enough, and leaves the event loop free. */
const TIMER_LEAST_MS = 2;

/** How long to wait for other processes, and where the jitter comes from (numbers in [0, 1)). */
export type Patience = { readonly busyTimeoutMs: number; readonly random: () => number };

// Timers of node have no fraction of a millisecond; waiting on memory that nobody ever notifies has.
let bell: Int32Array<SharedArrayBuffer> | null = null;

async function pause(durationMs: number): Promise<void> {
  if (durationMs >= TIMER_LEAST_MS) return await setTimeout(durationMs);
  bell ??= new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(bell, 0, 0, durationMs);
  await setImmediate();
}

/** Milliseconds before try number `tries` + 1, with jitter from `chance` in [0, 1). */
function waitMs(tries: number, chance: number): number {
  return (WAIT_LEAST_MS + chance * WAIT_SPREAD_MS) * Math.min(GROWTH_MAX, 2 ** ((tries - 1) / 2));
}

function isBusy(error: unknown): error is StoreFault {
  return error instanceof StoreFault && error.code === "store.busy";
}

/** Tries until it is not busy: store.busy after `busyTimeoutMs`. Between tries the event loop gets its turn. */
export async function whenFree<T>(path: string, { busyTimeoutMs, random }: Patience, attempt: () => T): Promise<T> {
  let startedMs: number | null = null;
  for (let tries = 1; ; tries += 1) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      const nowMs = performance.now();
      startedMs ??= nowMs;
      if (nowMs - startedMs >= busyTimeoutMs) throw gaveUp(path, busyTimeoutMs, error);
    }
    await pause(waitMs(tries, random()));
  }
}

function gaveUp(path: string, busyTimeoutMs: number, cause: StoreFault): StoreFault {
  return new StoreFault("store.busy", path, `${path} was locked by another process for ${busyTimeoutMs} ms, nothing was written: try again, or end the process that holds it`, cause);
}

/**
 * The write lock of one process. A process that had to wait lately gives way before it takes the lock again: the one
 * that has just let go would otherwise win it over all that sleep, hundreds of times in a row.
 */
export class WriteLock {
  readonly #path: string;
  readonly #patience: Patience;
  #waitedMs = -Infinity;

  constructor(path: string, patience: Patience) {
    this.#path = path;
    this.#patience = patience;
  }

  /** Tries `attempt` until it is not busy, as `whenFree`. */
  async take<T>(attempt: () => T): Promise<T> {
    if (performance.now() - this.#waitedMs < GIVE_WAY_MS) await pause(waitMs(1, this.#patience.random()));
    let tries = 0;
    const taken = await whenFree(this.#path, this.#patience, () => {
      tries += 1;
      return attempt();
    });
    if (tries > 1) this.#waitedMs = performance.now();
    return taken;
  }
}

/** Begins a transaction and asks its first question; when that fails, no transaction is left open. */
export function beginWith<T>(connection: Connection, sql: "BEGIN" | "BEGIN IMMEDIATE", first: () => T): T {
  connection.run(sql);
  try {
    return first();
  } catch (error) {
    connection.rollback();
    throw error;
  }
}
