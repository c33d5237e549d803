// The model's leases: claiming, renewing, ending; what is lost with time or under a halt goes back at once.

import type { ReleaseCause } from "../../src/core/index.ts";
import { climb, pauseOf } from "./escalation.ts";
import { epochOf } from "./halts.ts";
import { heldOf, limitLines, scopesFor, sumOf } from "./meters.ts";
import type { LimitLine } from "./meters.ts";
import { actorOf, isEnded, kindOf } from "./state.ts";
import type { Charge, ModelLease, ModelTask, World } from "./state.ts";

/** What is left of one limit, what is held by `but` not counted. */
function leftOf(world: World, line: LimitLine, but: Charge | null): number {
  const { used, held } = sumOf(world, line.scope, line.dimension, line.window);
  const own = but === null || !but.scopes.includes(line.scope) ? 0 : heldOf(but, line.dimension, line.window, world.at);
  return line.hard - used - held + own;
}

/** Time a new lease would get: the policy's, shortened to what is left of every limit of working time. */
export function ttlFor(world: World, task: ModelTask, actor: string): number {
  const lines = limitLines(world, task, scopesFor(world, task, actor)).filter(
    (line) => line.dimension === "durationMs",
  );
  return Math.min(world.policy.lease.ttlMs, ...lines.map((line) => leftOf(world, line, null)));
}

/** Time that a renewal would get; what the present lease holds and has not worked is given back first. */
export function roomToRenew(world: World, task: ModelTask): number {
  if (task.lease === null || task.holder === null) return 0;
  const { charge, since } = task.lease;
  const lines = limitLines(world, task, charge.scopes).filter((line) => line.dimension === "durationMs");
  // What was worked is booked where it was held: a window that began later has nothing of it.
  const worked = (line: LimitLine): number =>
    heldOf(charge, line.dimension, line.window, world.at) > 0 ? world.at - since : 0;
  const left = lines.map((line) => leftOf(world, line, charge) - worked(line));
  return Math.min(world.policy.lease.ttlMs, ...left);
}

function lease(world: World, task: ModelTask, actor: string, epoch: number): ModelLease {
  const endless = kindOf(actor) !== "agent";
  const ttlMs = endless ? 0 : ttlFor(world, task, actor);
  const charge: Charge = {
    scopes: scopesFor(world, task, actor),
    madeAt: world.at,
    reserved: { durationMs: ttlMs },
    handBack: false,
    closed: null,
  };
  world.charges.push(charge);
  return { since: world.at, ttlMs, expiresAt: endless ? null : world.at + ttlMs, charge, epoch };
}

/** Books the time of a lease up to `until`. */
function book(held: ModelLease, at: number, until: number): void {
  held.charge.closed = { at, actual: { durationMs: Math.min(until, held.expiresAt ?? until) - held.since } };
}

/** A task comes into a state; by a human's hand it begins anew there. */
export function enter(world: World, task: ModelTask, to: string): void {
  task.state = to;
  task.entries.push(to);
  task.endedAt = isEnded(world, task) ? world.at : null;
}

export function claim(world: World, task: ModelTask, actor: string): void {
  task.lease = lease(world, task, actor, epochOf(world, task, actor));
  task.fence += 1;
  task.holder = actor;
  task.worker = actor;
  task.evidence = [];
  enter(world, task, world.policy.lifecycle.working);
  if (kindOf(actor) === "agent") actorOf(world, actor).cause = task.id;
}

/** Ends the lease, if there is one, with the time worked until now. */
export function leave(world: World, task: ModelTask): void {
  if (task.lease !== null) book(task.lease, world.at, world.at);
  task.lease = null;
  task.holder = null;
}

export function renew(world: World, task: ModelTask): void {
  if (task.lease === null || task.holder === null || task.lease.expiresAt === null) return;
  book(task.lease, world.at, world.at);
  task.lease = lease(world, task, task.holder, task.lease.epoch);
}

/** A step is a sign of life: it renews a lease of which more than half is over; handing back past the deadline does not. */
export function renewByStep(world: World, task: ModelTask, handBack: boolean): void {
  if (handBack && task.deadlineAt !== null && world.at >= task.deadlineAt) return;
  const held = task.lease;
  if (held?.expiresAt == null || (world.at - held.since) * 2 <= held.ttlMs) return;
  if (world.at + roomToRenew(world, task) > held.expiresAt) renew(world, task);
}

function failedAt(world: World, task: ModelTask, holder: string, at: number): void {
  task.attempt += 1;
  task.evidence = [];
  enter(world, task, climb(world, task, holder, at));
}

export function giveBack(world: World, task: ModelTask, cause: ReleaseCause): void {
  const holder = task.holder ?? "";
  leave(world, task);
  if (cause === "failed" || cause === "crashed") return failedAt(world, task, holder, world.at);
  enter(world, task, world.policy.lifecycle.released);
  if (cause === "rate_limited") task.notBefore = world.at + pauseOf(world.policy, task.id, 1);
}

function lose(world: World, task: ModelTask, held: ModelLease): void {
  const at = held.expiresAt ?? world.at;
  const holder = task.holder ?? "";
  // Nobody saw how much of it was worked: all of it counts.
  book(held, at, at);
  task.lease = null;
  task.holder = null;
  failedAt(world, task, holder, at);
}

function stop(world: World, task: ModelTask, held: ModelLease): void {
  world.touched.push(task.id);
  // Whenever somebody notices, the same is booked: all of it; of a human's lease, which reserves none, nothing.
  held.charge.closed = { at: world.at, actual: held.charge.reserved };
  task.lease = null;
  task.holder = null;
  enter(world, task, world.policy.lifecycle.released);
}

/** Ends every lease whose time is over, or that was granted before a halt over its work. */
export function expireLeases(world: World): void {
  for (const task of world.tasks.values()) {
    const held = task.lease;
    if (held === null || task.holder === null) continue;
    if (held.expiresAt !== null && world.at >= held.expiresAt) lose(world, task, held);
    else if (epochOf(world, task, task.holder) !== held.epoch) stop(world, task, held);
  }
}

export function heldBy(world: World, actor: string): readonly ModelTask[] {
  return [...world.tasks.values()].filter((task) => task.holder === actor);
}

export function progress(task: ModelTask): void {
  task.assignments = [];
  task.entries = [task.state];
}
