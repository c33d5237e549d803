// The model's halts: how often each scope was halted, and whether it is now.

import { scopesFor } from "./meters.ts";
import type { ModelTask, World } from "./state.ts";

export function isHalted(world: World, scope: string): boolean {
  return world.halts.get(scope)?.halted === true;
}

/** How often work on this task by this actor was ever halted. */
export function epochOf(world: World, task: ModelTask, actor: string): number {
  return scopesFor(world, task, actor).reduce((sum, scope) => sum + (world.halts.get(scope)?.epoch ?? 0), 0);
}

export function haltedOver(world: World, task: ModelTask, actor: string): boolean {
  return scopesFor(world, task, actor).some((scope) => isHalted(world, scope));
}
