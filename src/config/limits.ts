// The limits a file's keys stand for, by path and in the policy's units: those of day one, and those that the seed's
// keys imply for a policy.

import { DAY_ONE_POLICY } from "../core/index.ts";
import type { Limit } from "../core/index.ts";
import { policyDimension } from "./dimensions.ts";
import { KERNEL_DEPTH_MAX, OWN_NAMES_SECTION } from "./keys.ts";

/** The key of a dimension's limit. */
export function taskLimitPath(dimension: string): string {
  return `${OWN_NAMES_SECTION}.${policyDimension(dimension).file}`;
}

const { lineage, budget } = DAY_ONE_POLICY;

/** The day-one limits by their keys. */
export const DAY_ONE_LIMITS: ReadonlyMap<string, Limit> = new Map([
  ["lineage.depth", lineage.depth],
  ["lineage.children", lineage.children],
  ["lineage.descendants", lineage.descendants],
  ...Object.entries(budget.task).map(([dimension, limit]): [string, Limit] => [taskLimitPath(dimension), limit]),
]);

/** The seed's keys that stand for depth in a policy: the smaller one counts, at most what a kernel allows. */
export const SEED_DEPTHS: readonly string[] = ["lifecycle.max_depth", "budget.max_depth"];

/** Hard limits that the seed's keys imply, by the keys of ours; only keys that were named count. */
export function seedHardLimits(named: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  const depths = SEED_DEPTHS.map((path) => named.get(path)).filter((depth) => depth !== undefined);
  if (depths.length > 0) out.set("lineage.depth", Math.min(KERNEL_DEPTH_MAX, ...depths));
  const steps = named.get("budget.max_steps");
  if (steps !== undefined) out.set(taskLimitPath("steps"), steps);
  const seconds = named.get("budget.max_duration_seconds");
  if (seconds !== undefined) out.set(taskLimitPath("durationMs"), seconds * 1_000);
  return out;
}
