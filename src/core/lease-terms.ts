// The terms of a lease: how long it lives. An agent's is as long as the policy says, or as the time that is left in any
// budget it is charged to; a human's never ends, for a human is no process that dies.

import type { Context } from "./context.ts";
import { windowsAt } from "./calendar.ts";
import { ladderOf } from "./escalation.ts";
import { creditsMs, epochOf } from "./lease.ts";
import { extensionOf, taken } from "./meter.ts";
import { readMeters } from "./rows/read.ts";
import type { TaskRow } from "./rows/rows.ts";
import type { Lease } from "./rows/task-row.ts";
import { scopeKind, scopesOf } from "./scope.ts";

const TIME = "durationMs";

/** Milliseconds that every limit on time leaves over; Infinity where none is set. Own limits of the task count. */
function roomMs(row: TaskRow, lease: Lease | null, scopes: readonly string[], ctx: Context): number {
  const now = windowsAt(ctx.at);
  const credits = creditsMs(lease, ctx.at);
  let room = Infinity;
  for (const meter of readMeters(ctx.rows, scopes)) {
    const left = (hard: number, window: number): number =>
      hard + extensionOf(meter, TIME, window, ctx.at) - taken(meter, TIME, window, now) + (credits[window] ?? 0);
    const kind = scopeKind(meter.scope);
    const own = kind === "task" ? row.limits[TIME] : undefined;
    if (own !== undefined) room = Math.min(room, left(own, 0));
    for (const { dimension, window, limit } of ctx.policy.limits[kind])
      if (dimension === TIME) room = Math.min(room, left(limit.hard, window));
  }
  return room;
}

/** How long a lease lives that takes the place of `lease`. */
function ttlOf(row: TaskRow, lease: Lease | null, scopes: readonly string[], ctx: Context): number {
  const whole = ctx.policy.policy.lease.ttlMs;
  const room = roomMs(row, lease, scopes, ctx);
  // Where nothing is left the whole is asked for, so that the budget refuses in its own words.
  return room <= 0 ? whole : Math.min(whole, room);
}

/**
 * True where work by the way renews the lease: more than half of its time is over, and it can be made longer. One that
 * cannot runs out by itself: the time is paid for.
 */
export function isRenewable(row: TaskRow, ctx: Context): boolean {
  const { lease } = row;
  if (lease === null || lease.expiresAt === null || ctx.at - lease.since <= lease.ttlMs / 2) return false;
  return ctx.at + Math.min(ctx.policy.policy.lease.ttlMs, roomMs(row, lease, lease.scopes, ctx)) > lease.expiresAt;
}

/** The lease that a claim by this actor would give. Needs the meters and halts of its scopes. */
export function newLease(row: TaskRow, ctx: Context): Lease {
  const { actor, at } = ctx;
  const scopes = scopesOf(row, actor);
  const ttlMs = ctx.envelope.kind === "human" ? 0 : ttlOf(row, null, scopes, ctx);
  return {
    since: at,
    ttlMs,
    expiresAt: ctx.envelope.kind === "human" ? null : at + ttlMs,
    scopes,
    epoch: epochOf(ctx.rows, scopes),
    ladder: ladderOf(ctx.policy),
  };
}

/** What somebody would renew who holds nothing; it is shown to the rules, and none of them grants it. */
export function noLease(row: TaskRow, ctx: Context): Lease {
  const scopes = scopesOf(row, ctx.actor);
  return { since: ctx.at, ttlMs: 0, expiresAt: ctx.at, scopes, epoch: 0, ladder: ladderOf(ctx.policy) };
}

/** The present lease begun anew, its time so far booked; null for one that never ends. */
export function renewedLease(row: TaskRow, ctx: Context): Lease | null {
  const { lease } = row;
  if (lease === null || lease.expiresAt === null) return null;
  const ttlMs = ttlOf(row, lease, lease.scopes, ctx);
  return { ...lease, since: ctx.at, ttlMs, expiresAt: ctx.at + ttlMs };
}
