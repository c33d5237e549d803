// From values by key to the part of a policy they name: the seed's keys first, our own over them.

import type { LimitPatch, PolicyPatch } from "./config.ts";
import { DIMENSIONS, inDimensionOrder } from "./dimensions.ts";
import type { Values } from "./findings.ts";
import { OWN_NAMES_SECTION } from "./keys.ts";
import { seedHardLimits } from "./limits.ts";

/** What the values say about a policy, or null where they say nothing. */
export function policyPatch(values: Values): PolicyPatch | null {
  const { numbers, names, modes } = values;
  const limits = namedLimits(values);
  const patch: PolicyPatch = {
    lineage: {
      depth: pairOf(limits, "lineage.depth"),
      children: pairOf(limits, "lineage.children"),
      descendants: pairOf(limits, "lineage.descendants"),
      templatesPerDay: numbers.get("lineage.templates_per_day") ?? null,
      duplicateWindowMs: numbers.get("lineage.duplicate_window_seconds") ?? null,
      rootAgents: names.get("lineage.root_agents") ?? null,
    },
    budget: { task: taskLimits(limits), handBackSteps: numbers.get("budget.hand_back_steps") ?? null },
    modes: Object.fromEntries([...modes].map(([path, mode]) => [path.slice("rules.".length), mode])),
  };
  return isSilent(patch) ? null : patch;
}

type Limits = ReadonlyMap<string, LimitPatch | "none">;

function namedLimits(values: Values): Limits {
  const out = new Map<string, LimitPatch | "none">();
  for (const [path, hard] of seedHardLimits(values.numbers)) out.set(path, { soft: null, hard });
  for (const [path, own] of values.limits) {
    const seed = out.get(path);
    const hard = own !== "none" && own.hard === null && seed !== undefined && seed !== "none" ? seed.hard : null;
    out.set(path, own === "none" ? own : { soft: own.soft, hard: own.hard ?? hard });
  }
  return out;
}

function pairOf(limits: Limits, path: string): LimitPatch | null {
  const pair = limits.get(path);
  return pair === undefined || pair === "none" ? null : pair;
}

function taskLimits(limits: Limits): PolicyPatch["budget"]["task"] {
  const byDimension = new Map<string, LimitPatch | "none">();
  for (const [path, pair] of limits) {
    if (!path.startsWith(`${OWN_NAMES_SECTION}.`)) continue;
    const name = path.slice(OWN_NAMES_SECTION.length + 1);
    byDimension.set(DIMENSIONS.find(({ file }) => file === name)?.policy ?? name, pair);
  }
  const out: Record<string, LimitPatch | "none"> = {};
  for (const name of inDimensionOrder(byDimension.keys())) out[name] = byDimension.get(name) ?? "none";
  return out;
}

function isSilent({ lineage, budget, modes }: PolicyPatch): boolean {
  const named = [...Object.values(lineage), budget.handBackSteps];
  return (
    named.every((part) => part === null) && Object.keys(budget.task).length === 0 && Object.keys(modes).length === 0
  );
}
