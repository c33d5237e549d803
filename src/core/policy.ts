// The policy: every number and mode the rules read. It acts on a store only once it stands in the log as
// `policy_adopted`; the day-one values below are what `init` proposes.

import { compileLifecycle, DEFAULT_LIFECYCLE } from "./lifecycle.ts";
import type { CompiledLifecycle, LifecycleTable } from "./lifecycle.ts";

export type Mode = "enforce" | "observe";

/** A pair of limits: above `soft` a grant warns, above `hard` the rule refuses. */
export type Limit = { readonly soft: number | null; readonly hard: number };

/** Limits by dimension (steps, durationMs, tokens, costMicros or a name of the policy's own). */
export type Limits = { readonly [dimension: string]: Limit };

export type Policy = {
  readonly version: 1;
  readonly lifecycle: LifecycleTable;
  readonly lineage: {
    readonly depth: Limit;
    readonly children: Limit;
    readonly descendants: Limit;
    readonly templatesPerDay: number;
    readonly duplicateWindowMs: number;
    readonly rootAgents: readonly string[];
  };
  readonly budget: { readonly task: Limits; readonly handBackSteps: number };
  /** Modes that differ from a rule's own first mode, by the rule's name. */
  readonly modes: { readonly [rule: string]: Mode };
};

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export const DAY_ONE_POLICY: Policy = {
  version: 1,
  lifecycle: DEFAULT_LIFECYCLE,
  lineage: {
    depth: { soft: 4, hard: 6 },
    children: { soft: 25, hard: 60 },
    descendants: { soft: 100, hard: 300 },
    templatesPerDay: 5,
    duplicateWindowMs: DAY_MS,
    rootAgents: [],
  },
  budget: {
    task: {
      steps: { soft: 300, hard: 800 },
      durationMs: { soft: 2 * HOUR_MS, hard: 6 * HOUR_MS },
      costMicros: { soft: 5_000_000, hard: 15_000_000 },
    },
    handBackSteps: 3,
  },
  modes: {},
};

/** A policy made ready to judge with: its table indexed, its limits listed; made once for each adopted policy. */
export type CompiledPolicy = {
  readonly policy: Policy;
  readonly hash: string;
  readonly lifecycle: CompiledLifecycle;
  readonly taskLimits: readonly (readonly [dimension: string, limit: Limit])[];
};

export function compilePolicy(policy: Policy, hash: string): CompiledPolicy {
  return {
    policy,
    hash,
    lifecycle: compileLifecycle(policy.lifecycle),
    taskLimits: Object.entries(policy.budget.task),
  };
}
