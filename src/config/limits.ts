// The limits a file's keys stand for, by path and in the policy's units: those of day one, and those that the seed's
// keys imply for a policy.

import { DAY_ONE_POLICY } from "../core/index.ts";
import type { Limit, Limits, ScopeKind, Window } from "../core/index.ts";
import { limitsSection, LIMITS_SECTIONS } from "./budget-keys.ts";
import { policyDimension } from "./dimensions.ts";
import { KERNEL_DEPTH_MAX } from "./key-table.ts";
import { joinPath } from "./keys.ts";

/** The key of a dimension's limit. */
export function limitPath(scope: ScopeKind, window: Window, dimension: string): string {
  return joinPath(limitsSection(scope, window), policyDimension(dimension).file);
}

const { lineage, budget, steps } = DAY_ONE_POLICY;

function pathsOf(limits: Limits, scope: ScopeKind, window: Window): readonly [string, Limit][] {
  return Object.entries(limits).map(([dimension, limit]) => [limitPath(scope, window, dimension), limit]);
}

/** The day-one limits by their keys. */
export const DAY_ONE_LIMITS: ReadonlyMap<string, Limit> = new Map([
  ["lineage.depth", lineage.depth],
  ["lineage.children", lineage.children],
  ["lineage.descendants", lineage.descendants],
  ["lineage.live_agents", lineage.liveAgents],
  ["lineage.creations", lineage.creations],
  ["steps.repeats", steps.repeats],
  ["steps.errors", steps.errors],
  ["steps.rounds", steps.rounds],
  ["steps.short_rounds", steps.shortRounds],
  ["steps.variations", steps.variations],
  ["steps.stale", steps.stale],
  ["steps.failing", steps.failing],
  ["steps.messages", steps.messages],
  ...LIMITS_SECTIONS.flatMap(({ scope, window }) => pathsOf(budget[scope][window], scope, window)),
]);

/** The seed's keys that stand for depth in a policy: the smaller one counts, at most what a kernel allows. */
export const SEED_DEPTHS: readonly string[] = ["lifecycle.max_depth", "budget.max_depth"];

/** Hard limits that the seed's keys imply, by the keys of ours; only keys that were named count. */
export function seedHardLimits(named: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  const depths = SEED_DEPTHS.map((path) => named.get(path)).filter((depth) => depth !== undefined);
  if (depths.length > 0) out.set("lineage.depth", Math.min(KERNEL_DEPTH_MAX, ...depths));
  const stepsMax = named.get("budget.max_steps");
  if (stepsMax !== undefined) out.set(limitPath("task", "lifetime", "steps"), stepsMax);
  const seconds = named.get("budget.max_duration_seconds");
  if (seconds !== undefined) out.set(limitPath("task", "lifetime", "durationMs"), seconds * 1_000);
  return out;
}
