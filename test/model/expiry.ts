// The model expires eagerly: before every command, everything that fell due anywhere is over.

import { expireLeases } from "./leases.ts";
import type { World } from "./state.ts";

function expireReservations(world: World): void {
  for (const one of world.reservations.values()) {
    if (one.state !== "open" || world.at < one.expiresAt) continue;
    one.state = "presumed";
    one.charge.closed = { at: one.expiresAt, actual: one.charge.reserved };
  }
}

function expireSleeps(world: World): void {
  for (const actor of world.actors.values()) {
    if (actor.asleepUntil === null || world.at < actor.asleepUntil) continue;
    actor.asleepSince = null;
    actor.asleepUntil = null;
  }
}

export function expire(world: World, at: number): void {
  world.at = Math.max(world.at, at);
  expireSleeps(world);
  expireLeases(world);
  expireReservations(world);
}
