// Leases: the right to work on a task, for a time. Lost by its end or by a halt; what then becomes of the task was
// written down at the claim.

import type { Draft } from "./event.ts";
import type { TaskMoved } from "./event-bodies.ts";
import type { TaskRow, Lease } from "./rows/task-row.ts";
import { readHalt } from "./rows/read.ts";
import type { Rows } from "./rows/rows.ts";

/** Tasks that one actor holds at most: what it gives back when it falls asleep is bounded by it. */
export const HELD_MAX = 16;

/** Leases below one root at most. */
export const LIVE_MAX = 128;

/** Milliseconds worked since the time was last booked; 0 where nobody holds the task. */
export function workedMs(lease: Lease | null, at: number): number {
  if (lease === null) return 0;
  return Math.max(0, Math.min(at, lease.expiresAt ?? at) - lease.since);
}

/** Sum of the epochs of halts over these scopes. */
export function epochOf(rows: Rows, scopes: readonly string[]): number {
  let sum = 0;
  for (const scope of scopes) sum += readHalt(rows, scope).epoch;
  return sum;
}

/** When a halt ended this lease; null where none did before it expired. */
function haltedAt(rows: Rows, lease: Lease): number | null {
  if (epochOf(rows, lease.scopes) === lease.epoch) return null;
  const times = lease.scopes.flatMap((scope) => readHalt(rows, scope).halts);
  const during = times.filter((at) => at >= lease.since && at < (lease.expiresAt ?? Infinity));
  return during.length === 0 ? null : Math.min(...during);
}

const unheld = { by: "system", holder: null, lease: null, cause: null, reason: null } as const;

function lost(row: TaskRow, lease: Lease, at: number): TaskMoved {
  const { to, attempt, pauseMs, assignee, escalation } = lease.lost;
  return {
    ...movedFrom(row),
    ...unheld,
    to,
    via: "lost",
    attempt,
    workedMs: lease.ttlMs,
    assignee,
    escalation: { ...escalation, notBefore: at + pauseMs },
    ready: to === lease.released,
  };
}

function halted(row: TaskRow, lease: Lease, at: number): TaskMoved {
  return {
    ...movedFrom(row),
    ...unheld,
    to: lease.released,
    via: "halt",
    workedMs: workedMs(lease, at),
    ready: true,
  };
}

/** What a move leaves as it is, in the one order of the fields of a body. */
export function movedFrom(row: TaskRow): TaskMoved {
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

/** The loss of a lease that is over at `at`; null where it still holds. Needs the halts of its scopes. */
export function leaseLost(rows: Rows, row: TaskRow, at: number): Draft | null {
  const { lease } = row;
  if (lease === null) return null;
  const halt = haltedAt(rows, lease);
  if (halt !== null) return { type: "task_moved", body: halted(row, lease, halt) };
  if (lease.expiresAt === null || at < lease.expiresAt) return null;
  return { type: "task_moved", body: lost(row, lease, lease.expiresAt) };
}
