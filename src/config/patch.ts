// From values by key to the part of a policy they name: the seed's keys first, our own over them.

import type { Window } from "../core/index.ts";
import { limitsSection } from "./budget-keys.ts";
import type { LimitPatch, LimitPatches, PolicyPatch, ScopePatch } from "./config.ts";
import { DIMENSIONS, inDimensionOrder } from "./dimensions.ts";
import type { Values } from "./findings.ts";
import { seedHardLimits } from "./limits.ts";

/** What the values say about a policy, or null where they say nothing. */
export function policyPatch(values: Values): PolicyPatch | null {
  const limits = namedLimits(values);
  const patch: PolicyPatch = {
    lifecycle: values.table,
    lineage: lineagePatch(values, limits),
    admission: values.kinds.get("admission") ?? null,
    budget: budgetPatch(values, limits),
    steps: stepsPatch(values, limits),
    lease: { ttlMs: values.numbers.get("lease.ttl_seconds") ?? null },
    escalation: escalationPatch(values),
    evidence: values.names.get("evidence") ?? null,
    modes: Object.fromEntries([...values.modes].map(([path, mode]) => [path.slice("rules.".length), mode])),
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

function lineagePatch({ numbers, names }: Values, limits: Limits): PolicyPatch["lineage"] {
  const pair = (name: string): LimitPatch | null => pairOf(limits, `lineage.${name}`);
  const number = (name: string): number | null => numbers.get(`lineage.${name}`) ?? null;
  return {
    depth: pair("depth"),
    children: pair("children"),
    descendants: pair("descendants"),
    liveAgents: pair("live_agents"),
    creations: pair("creations"),
    creationsWindowMs: number("creations_window_seconds"),
    templatesPerDay: number("templates_per_day"),
    duplicateWindowMs: number("duplicate_window_seconds"),
    rootAgents: names.get("lineage.root_agents") ?? null,
    causeHopsMax: number("cause_hops_max"),
    signaturesMax: number("signatures_max"),
    assignmentsMax: number("assignments_max"),
    entriesMax: number("entries_max"),
  };
}

function pairOf(limits: Limits, path: string): LimitPatch | null {
  const pair = limits.get(path);
  return pair === undefined || pair === "none" ? null : pair;
}

function budgetPatch({ numbers }: Values, limits: Limits): PolicyPatch["budget"] {
  const scope = (name: "task" | "lineage" | "agent" | "workspace"): ScopePatch => {
    const of = (window: Window): LimitPatches => sectionPatch(limits, limitsSection(name, window));
    return { lifetime: of("lifetime"), hour: of("hour"), day: of("day"), month: of("month") };
  };
  return {
    task: scope("task"),
    lineage: scope("lineage"),
    agent: scope("agent"),
    workspace: scope("workspace"),
    handBackSteps: numbers.get("budget.hand_back_steps") ?? null,
    reservationMs: numbers.get("budget.reservation_seconds") ?? null,
  };
}

/** The limits right in a section; those of its windows are sections of their own. */
function sectionPatch(limits: Limits, section: string): LimitPatches {
  const byDimension = new Map<string, LimitPatch | "none">();
  for (const [path, pair] of limits) {
    if (!path.startsWith(`${section}.`)) continue;
    const name = path.slice(section.length + 1);
    if (!name.includes(".")) byDimension.set(DIMENSIONS.find(({ file }) => file === name)?.policy ?? name, pair);
  }
  const out: Record<string, LimitPatch | "none"> = {};
  for (const name of inDimensionOrder(byDimension.keys())) out[name] = byDimension.get(name) ?? "none";
  return out;
}

function stepsPatch({ numbers, names }: Values, limits: Limits): PolicyPatch["steps"] {
  const pair = (name: string): LimitPatch | null => pairOf(limits, `steps.${name}`);
  const list = (name: string): readonly string[] | null => names.get(`steps.${name}`) ?? null;
  return {
    repeats: pair("repeats"),
    errors: pair("errors"),
    rounds: pair("rounds"),
    shortRounds: pair("short_rounds"),
    variations: pair("variations"),
    stale: pair("stale"),
    failing: pair("failing"),
    messages: pair("messages"),
    pollMs: numbers.get("steps.poll_seconds") ?? null,
    slowPollMs: numbers.get("steps.slow_poll_seconds") ?? null,
    polls: list("polls"),
    mutate: list("mutate"),
    observe: list("observe"),
    verify: list("verify"),
  };
}

function escalationPatch({ numbers, texts }: Values): PolicyPatch["escalation"] {
  const number = (name: string): number | null => numbers.get(`escalation.${name}`) ?? null;
  return {
    attemptsMax: number("attempts_max"),
    retriesMax: number("retries_max"),
    backoffFirstMs: number("backoff_first_seconds"),
    backoffFactor: number("backoff_factor"),
    backoffMaxMs: number("backoff_max_seconds"),
    lead: texts.get("escalation.lead") ?? null,
  };
}

/** Whether every part is null, an object of silent parts, or an empty object. */
function isSilent(part: unknown): boolean {
  if (part === null) return true;
  if (typeof part !== "object" || Array.isArray(part)) return false;
  const parts: unknown[] = Object.values(part);
  return parts.every(isSilent);
}
