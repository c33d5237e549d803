// The model's sleeping agents: how they fall asleep and what wakes them.

import { actorOf } from "./state.ts";
import type { World } from "./state.ts";

/** A sleeper never shortens its own sleep; others may. */
export function sleep(world: World, name: string, timeoutMs: number | null, byItself: boolean): void {
  const actor = actorOf(world, name);
  const until = timeoutMs === null ? null : world.at + timeoutMs;
  const sleeps = actor.asleepSince !== null;
  if (!sleeps) actor.asleepSince = world.at;
  if (byItself && sleeps && (actor.asleepUntil === null || (until !== null && until <= actor.asleepUntil))) return;
  actor.asleepUntil = until;
}

/** Wakes an agent that sleeps; `cause` is the task that it was woken for. */
export function wake(world: World, name: string, cause: string | null): void {
  const actor = actorOf(world, name);
  if (actor.asleepSince === null) return;
  actor.asleepSince = null;
  actor.asleepUntil = null;
  actor.cause = cause;
}
