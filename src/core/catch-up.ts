// catchUp: what fell due among a command's subjects before it is judged: sleeps, leases, reservations. It makes laziness
// invisible: no verdict depends on whether a timer ran.

import type { Draft } from "./event.ts";
import { leaseLost } from "./lease.ts";
import { haltKeys } from "./rows/keys.ts";
import type { ReservationRow, Rows } from "./rows/rows.ts";

/** How long after its time a reservation that was presumed spent may still be corrected. */
export const CORRECTION_MS = 86_400_000;

const NOTHING: readonly Draft[] = [];

/** Halts that say whether the leases among these rows still hold. */
export function haltKeysOf(rows: Rows, keys: Iterable<string>): readonly string[] {
  const out: string[] = [];
  for (const key of keys) {
    const row = rows.get(key);
    if (row?.kind === "task" && row.lease !== null) out.push(...haltKeys(row.lease.scopes));
  }
  return out;
}

function reservationDue(row: ReservationRow, at: number): Draft | null {
  const closed = at >= row.expiresAt + CORRECTION_MS;
  if (at < row.expiresAt || (row.presumed && !closed)) return null;
  return { type: "reservation_expired", body: { reservation: row.id, closed } };
}

function due(rows: Rows, key: string, at: number): Draft | null {
  const row = rows.get(key);
  if (row === undefined || row === null) return null;
  if (row.kind === "task") return row.lease === null ? null : leaseLost(rows, row, at);
  if (row.kind === "reservation") return reservationDue(row, at);
  if (row.kind !== "actor" || row.asleepUntil === null || at < row.asleepUntil) return null;
  return {
    type: "agent_woken",
    body: { agent: row.actor, cause: "timeout", reason: row.sleepReason, task: row.cause },
  };
}

/**
 * The expiries of the rows under these keys at time `at`, as events to come before the command's own, in the order of
 * the keys; a key counts once. Needs the rows of `haltKeysOf`.
 */
export function catchUp(rows: Rows, keys: readonly string[], at: number): readonly Draft[] {
  let found: Draft[] | null = null;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? "";
    const draft = due(rows, key, at);
    if (draft === null || keys.indexOf(key) !== index) continue;
    found ??= [];
    found.push(draft);
  }
  return found ?? NOTHING;
}
