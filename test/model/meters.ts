// The model's budgets: no meter at all, only the list of everything that was ever charged, summed at every question.

import type { Limit, Policy } from "../../src/core/index.ts";
import { kindOf } from "./state.ts";
import type { Amounts, Charge, ModelTask, World } from "./state.ts";
import { rootOf } from "./lineage.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const WINDOW_NAMES = ["lifetime", "hour", "day", "month"] as const;

/** The number of the hour, day or month (of UTC, since 1970) that a time lies in; all time is lifetime 0. */
export function windowOf(window: number, at: number): number {
  if (window === 0) return 0;
  if (window === 1) return Math.floor(at / HOUR_MS);
  if (window === 2) return Math.floor(at / DAY_MS);
  const day = new Date(at);
  return (day.getUTCFullYear() - 1970) * 12 + day.getUTCMonth();
}

/** Every scope that work on this task by this actor is charged to. */
export function scopesFor(world: World, task: ModelTask, actor: string): readonly string[] {
  const root = rootOf(world, task.id);
  const own = [`task/${task.id}`, `lineage/${root}`];
  if (task.originRoot !== root) own.push(`lineage/${task.originRoot}`);
  if (kindOf(actor) === "agent") own.push(`agent/${actor.slice("agent:".length)}`);
  return [...own, "workspace"];
}

function usedOf(charge: Charge, dimension: string, window: number, at: number): number {
  if (charge.closed === null) return 0;
  const now = windowOf(window, at);
  const actual = charge.closed.actual[dimension] ?? 0;
  if (windowOf(window, charge.madeAt) === now) return actual;
  // What was reserved in a window that is over was counted there; only what is beyond it counts in the present one.
  return windowOf(window, charge.closed.at) === now ? Math.max(0, actual - (charge.reserved[dimension] ?? 0)) : 0;
}

export function heldOf(charge: Charge, dimension: string, window: number, at: number): number {
  if (charge.closed !== null || windowOf(window, charge.madeAt) !== windowOf(window, at)) return 0;
  return charge.reserved[dimension] ?? 0;
}

export type Sum = { readonly used: number; readonly held: number };

export function sumOf(world: World, scope: string, dimension: string, window: number): Sum {
  let [used, held] = [0, 0];
  for (const charge of world.charges) {
    if (!charge.scopes.includes(scope)) continue;
    used += usedOf(charge, dimension, window, world.at);
    held += heldOf(charge, dimension, window, world.at);
  }
  return { used, held };
}

export function handBackStepsOf(world: World, task: string): number {
  return world.charges.filter((charge) => charge.handBack && charge.scopes.includes(`task/${task}`)).length;
}

function scopeKindOf(scope: string): "task" | "lineage" | "agent" | "workspace" {
  const kind = scope.split("/")[0];
  return kind === "task" || kind === "lineage" || kind === "agent" ? kind : "workspace";
}

export type LimitLine = {
  readonly scope: string;
  readonly dimension: string;
  readonly window: number;
  readonly soft: number | null;
  readonly hard: number;
};

function ownLimits(task: ModelTask, scope: string, window: number): Amounts {
  return window === 0 && scope === `task/${task.id}` ? task.limits : {};
}

function raised(world: World, scope: string, dimension: string, window: number): number {
  return world.extensions
    .filter((one) => one.scope === scope && one.dimension === dimension && one.window === window)
    .filter((one) => world.at < one.until)
    .reduce((sum, one) => sum + one.add, 0);
}

function limitsOf(policy: Policy, scope: string, window: number): Readonly<Record<string, Limit>> {
  const name = WINDOW_NAMES[window] ?? "lifetime";
  return policy.budget[scopeKindOf(scope)][name];
}

/** Every limit that work on this task is judged by, with the extensions that stand now. */
export function limitLines(world: World, task: ModelTask, scopes: readonly string[]): readonly LimitLine[] {
  return scopes.flatMap((scope) =>
    [0, 1, 2, 3].flatMap((window) => {
      const named = limitsOf(world.policy, scope, window);
      const own = ownLimits(task, scope, window);
      const dimensions = new Set([...Object.keys(named), ...Object.keys(own)]);
      return [...dimensions].map((dimension) => {
        const hard = Math.min(named[dimension]?.hard ?? Infinity, own[dimension] ?? Infinity);
        const soft = named[dimension]?.soft ?? null;
        const add = raised(world, scope, dimension, window);
        return { scope, dimension, window, soft, hard: hard + add };
      });
    }),
  );
}
