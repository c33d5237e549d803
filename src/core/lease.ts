// Leases: the right to work on a task, for a time. Lost by its end or by a halt; what then becomes of the task was
// written down at the claim.

import { windowsAt } from "./calendar.ts";
import { afterFailure } from "./escalation.ts";
import type { Draft } from "./event.ts";
import type { TaskMoved } from "./event-bodies.ts";
import type { Escalation, TaskRow, Lease } from "./rows/task-row.ts";
import { haltKeys } from "./rows/keys.ts";
import { readHalt, readHead, readRow } from "./rows/read.ts";
import { NO_COUNTS } from "./rows/rows.ts";
import type { Counts, Rows } from "./rows/rows.ts";

/** Tasks that one actor holds at most: what it gives back when it falls asleep is bounded by it. */
export const HELD_MAX = 16;

/** Leases below one root at most. */
export const LIVE_MAX = 64;

/** Milliseconds worked since the time was last booked; 0 where nobody holds the task. */
export function workedMs(lease: Lease | null, at: number): number {
  if (lease === null) return 0;
  return Math.max(0, Math.min(at, lease.expiresAt ?? at) - lease.since);
}

/**
 * Time of the present lease that is held and was not worked, in each window: a renewal gives it back before it takes
 * anew. A window that began after the lease holds nothing of it.
 */
export function creditsMs(lease: Lease | null, at: number): Counts {
  if (lease === null) return NO_COUNTS;
  const credit = lease.ttlMs - workedMs(lease, at);
  const [now, since] = [windowsAt(at), windowsAt(lease.since)];
  const by = (window: 1 | 2 | 3): number => (now[window] === since[window] ? credit : 0);
  return [credit, by(1), by(2), by(3)];
}

/** Sum of the epochs of halts over these scopes. */
export function epochOf(rows: Rows, scopes: readonly string[]): number {
  let sum = 0;
  for (const key of haltKeys(scopes)) sum += readRow(rows, key, "halt")?.epoch ?? 0;
  return sum;
}

/** True where a halt ended this lease before it expired. */
function wasHalted(rows: Rows, lease: Lease): boolean {
  if (epochOf(rows, lease.scopes) === lease.epoch) return false;
  const times = lease.scopes.flatMap((scope) => readHalt(rows, scope).halts);
  return times.some((at) => at >= lease.since && at < (lease.expiresAt ?? Infinity));
}

/** Fences of one incarnation: its number times this, and more. 2^20: a number of seconds times it stays below 2^53. */
const INCARNATION_STEP = 1_048_576;

/** INVARIANT: fences of a task strictly increase, across a restore too. */
export function nextFence({ fence }: TaskRow, incarnation: number): number {
  return Math.max(fence, incarnation * INCARNATION_STEP) + 1;
}

/** The task was claimed before the log was restored: what became of its holder since is not known. */
function isOfBefore(rows: Rows, { fence }: TaskRow): boolean {
  return fence <= readHead(rows).incarnation * INCARNATION_STEP;
}

const unheld = { by: "system", holder: null, lease: null, cause: null, reason: null } as const;

function lost(row: TaskRow, lease: Lease, at: number): TaskMoved {
  const failure = afterFailure(row, row.holder ?? "", lease.ladder, at);
  const ready = failure.to === lease.ladder.released;
  return { ...movedFrom(row), ...unheld, ...failure, via: "lost", workedMs: lease.ttlMs, ready };
}

/** The whole time is booked, as of a lost one: meters then stand the same whenever somebody notices. */
function givenBack(row: TaskRow, lease: Lease, via: "halt" | "restore"): TaskMoved {
  return { ...movedFrom(row), ...unheld, to: lease.ladder.released, via, workedMs: lease.ttlMs, ready: true };
}

/**
 * The parking of a held task for a human, after too many of its steps were refused; null where no agent holds it: what a
 * human holds nobody takes away.
 */
export function parking(row: TaskRow, code: string, at: number): Draft | null {
  const { lease, holder, escalation } = row;
  if (lease === null || holder?.startsWith("agent:") !== true) return null;
  const parked: Escalation = { ...escalation, tier: "stuck", failures: 0, parks: escalation.parks + 1 };
  const reason = `too many refused steps in a row, the last by ${code}`;
  const body = { ...movedFrom(row), ...unheld, to: lease.ladder.parked, escalation: parked, reason };
  return { type: "task_moved", body: { ...body, via: "park", workedMs: workedMs(lease, at) } };
}

/** What a move leaves as it is, in the one order of the fields of a body. */
function movedFrom(row: TaskRow): TaskMoved {
  return {
    task: row.id,
    from: row.state,
    to: row.state,
    via: "move",
    by: "system",
    holder: row.holder,
    fence: row.fence,
    attempt: row.attempt,
    lease: row.lease,
    workedMs: 0,
    assignee: row.assignee,
    escalation: row.escalation,
    cause: null,
    reason: null,
    ready: false,
    ended: false,
    progress: false,
    toldAt: null,
  };
}

/** The loss of a lease that is over at `at`; null where it still holds. Needs the head and the halts of its scopes. */
export function leaseLost(rows: Rows, row: TaskRow, at: number): Draft | null {
  const { lease } = row;
  if (lease === null) return null;
  if (wasHalted(rows, lease)) return { type: "task_moved", body: givenBack(row, lease, "halt") };
  if (isOfBefore(rows, row)) return { type: "task_moved", body: givenBack(row, lease, "restore") };
  if (lease.expiresAt === null || at < lease.expiresAt) return null;
  return { type: "task_moved", body: lost(row, lease, lease.expiresAt) };
}
