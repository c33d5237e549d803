// Waiting for a lock that another process holds: SQLite's own busy timeout starves writers for seconds.
//
// How long between two tries was chosen by simulating 2, 8 and 30 processes that write without a break. Always short
// waits are fair, but waking costs more processor time than writing: thirty waiters would leave the holder none. Waits
// that only grow let newcomers overtake the oldest for ever. So waits grow at first, and shrink again with age.

import { setImmediate, setTimeout } from "node:timers/promises";
import { StoreFault } from "../fault.ts";
import type { Connection } from "./connection.ts";

const FIRST_LEAST_MS = 0.1;
const FIRST_SPREAD_MS = 0.4;
/** Waits grow by the square root of two a try, up to this many times the first, until the waiter is old. */
const GROWTH_MAX = 32;
/** From this age on they shrink with the square of the age, down to GROWTH_LEAST times the first. */
const OLD_MS = 60;
const GROWTH_LEAST = 12;
/** From here on a timer of node is exact enough, and leaves the event loop free. */
const TIMER_LEAST_MS = 2;

/** How long to wait for other processes, and where the jitter comes from (numbers in [0, 1)). */
export type Patience = { readonly busyTimeoutMs: number; readonly random: () => number };

// Timers of node have no fraction of a millisecond; waiting on memory that nobody ever notifies has.
let bell: Int32Array<SharedArrayBuffer> | null = null;

/** Sleeps, to a fraction of a millisecond when it is short; the event loop gets its turn in either case. */
export async function pause(durationMs: number): Promise<void> {
  if (durationMs >= TIMER_LEAST_MS) return await setTimeout(durationMs);
  bell ??= new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(bell, 0, 0, durationMs);
  await setImmediate();
}

/** Milliseconds to wait after try number `tries`, for one that has waited `ageMs`, with jitter from `chance` in [0, 1). */
function waitMs(tries: number, ageMs: number, chance: number): number {
  const bound = ageMs < OLD_MS ? GROWTH_MAX : Math.max(GROWTH_LEAST, GROWTH_MAX * (OLD_MS / ageMs) ** 2);
  return (FIRST_LEAST_MS + chance * FIRST_SPREAD_MS) * Math.min(bound, 2 ** ((tries - 1) / 2));
}

function isBusy(error: unknown): error is StoreFault {
  return error instanceof StoreFault && error.code === "store.busy";
}

/** Tries until it is not busy: store.busy after `busyTimeoutMs`. Between tries the event loop gets its turn. */
export async function whenFree<T>(path: string, { busyTimeoutMs, random }: Patience, attempt: () => T): Promise<T> {
  let startedMs: number | null = null;
  for (let tries = 1; ; tries += 1) {
    let ageMs = 0;
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      const nowMs = performance.now();
      startedMs ??= nowMs;
      ageMs = nowMs - startedMs;
      if (ageMs >= busyTimeoutMs) throw gaveUp(path, busyTimeoutMs, error);
    }
    await pause(waitMs(tries, ageMs, random()));
  }
}

function gaveUp(path: string, busyTimeoutMs: number, cause: StoreFault): StoreFault {
  const told = `${path} was locked by another process for ${busyTimeoutMs} ms, nothing was written`;
  return new StoreFault("store.busy", path, `${told}: try again, or end the process that holds it`, cause);
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
