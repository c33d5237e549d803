// The policy: every number and mode the rules read. It acts on a store only once it stands in the log as
// `policy_adopted`; the day-one values below are what `init` proposes.

import type { ActorKind } from "./actor.ts";
import { compileLifecycle, DEFAULT_LIFECYCLE } from "./lifecycle.ts";
import type { CompiledLifecycle, LifecycleTable } from "./lifecycle.ts";

export type Mode = "enforce" | "observe";

/** A pair of limits: above `soft` a grant warns, above `hard` the rule refuses. */
export type Limit = { readonly soft: number | null; readonly hard: number };

/** Limits by dimension (steps, durationMs, tokens, costMicros or a name of the policy's own). */
export type Limits = { readonly [dimension: string]: Limit };

/** Spans that a meter counts in; hours, days and months are those of UTC. The order is that of a meter's numbers. */
export const WINDOWS = ["lifetime", "hour", "day", "month"] as const;

export type Window = (typeof WINDOWS)[number];

export const SCOPE_KINDS = ["task", "lineage", "agent", "workspace"] as const;

/** What a budget is for: one task's own work, a root and all below it, one agent, everything. */
export type ScopeKind = (typeof SCOPE_KINDS)[number];

export type ScopeLimits = { readonly [W in Window]: Limits };

/** When steps are a loop. Limits count what has happened: above `soft` the next step warns, above `hard` it is refused. */
export type StepLimits = {
  /** One call with one result, since anything new came. */
  readonly repeats: Limit;
  /** One call that fails, whatever it says. */
  readonly errors: Limit;
  /** Rounds of a circle of 4 to 8 steps, and of one of 2 or 3. */
  readonly rounds: Limit;
  readonly shortRounds: Limit;
  /** Calls of one shape with one failure, sight or check, since anything new came. */
  readonly variations: Limit;
  /** Steps without a new outcome. */
  readonly stale: Limit;
  /** A check that fails in one and the same way, whatever was changed between. */
  readonly failing: Limit;
  /** Messages without any call, in a row. */
  readonly messages: Limit;
  /**
   * A look that is made again is polling, and no loop: at what changes by itself, so long after the look before; at
   * anything, so long after any step.
   */
  readonly pollMs: number;
  readonly slowPollMs: number;
  /** Tools and commands (`npm test`) that are always polling, and those whose class is another than the published one. */
  readonly polls: readonly string[];
  readonly mutate: readonly string[];
  readonly observe: readonly string[];
  readonly verify: readonly string[];
};

export type Policy = {
  readonly version: 3;
  readonly lifecycle: LifecycleTable;
  readonly lineage: {
    readonly depth: Limit;
    readonly children: Limit;
    readonly descendants: Limit;
    /** Agents that hold a lease below one root at once. */
    readonly liveAgents: Limit;
    /** Tasks that one agent makes within `creationsWindowMs`, a sliding window. */
    readonly creations: Limit;
    readonly creationsWindowMs: number;
    readonly templatesPerDay: number;
    readonly duplicateWindowMs: number;
    readonly rootAgents: readonly string[];
    /** Creations and wakes in a row since a human or a timer last acted. */
    readonly causeHopsMax: number;
    /** How often one (agent, kind) may stand in a line of ancestors. */
    readonly signaturesMax: number;
    /** How often work may be given to one agent without progress in between. */
    readonly assignmentsMax: number;
    /** How often one state may be entered without progress in between. */
    readonly entriesMax: number;
  };
  /** Kinds of actor that state, with a new task, what it is for. */
  readonly admission: readonly ActorKind[];
  readonly budget: { readonly [S in ScopeKind]: ScopeLimits } & {
    readonly handBackSteps: number;
    /** How long a reservation stands before it counts as spent. */
    readonly reservationMs: number;
  };
  readonly steps: StepLimits;
  /** How long an agent's lease lives without a sign of life. */
  readonly lease: { readonly ttlMs: number };
  /**
   * What follows a failed attempt: the first `retriesMax` go back to anybody after a pause that grows, later ones to
   * another agent than those that failed, the last one to the lead where one is named; after `attemptsMax` the task is
   * parked for a human.
   */
  readonly escalation: {
    readonly attemptsMax: number;
    readonly retriesMax: number;
    readonly backoffFirstMs: number;
    readonly backoffFactor: number;
    readonly backoffMaxMs: number;
    readonly lead: string | null;
  };
  /** What the guard `evidence` asks for: names of commands that must have ended with 0, or `review`, or `link`. */
  readonly evidence: readonly string[];
  /** Modes that differ from a rule's own first mode, by the rule's name. */
  readonly modes: { readonly [rule: string]: Mode };
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const DOLLAR = 1_000_000;

/** No limit in any window. */
export const NO_LIMITS: ScopeLimits = { lifetime: {}, hour: {}, day: {}, month: {} };

const limit = (soft: number | null, hard: number): Limit => ({ soft, hard });

const DAY_ONE_BUDGET: Policy["budget"] = {
  task: {
    ...NO_LIMITS,
    lifetime: {
      steps: limit(300, 800),
      durationMs: limit(2 * HOUR_MS, 6 * HOUR_MS),
      costMicros: limit(5 * DOLLAR, 15 * DOLLAR),
    },
  },
  lineage: { ...NO_LIMITS, lifetime: { steps: limit(null, 3_000), costMicros: limit(15 * DOLLAR, 40 * DOLLAR) } },
  agent: {
    ...NO_LIMITS,
    hour: { costMicros: limit(10 * DOLLAR, 20 * DOLLAR) },
    day: { costMicros: limit(null, 60 * DOLLAR) },
  },
  workspace: { ...NO_LIMITS, day: { costMicros: limit(300 * DOLLAR, 600 * DOLLAR) } },
  handBackSteps: 3,
  reservationMs: HOUR_MS,
};

export const DAY_ONE_POLICY: Policy = {
  version: 3,
  lifecycle: DEFAULT_LIFECYCLE,
  lineage: {
    depth: limit(4, 6),
    children: limit(25, 60),
    descendants: limit(100, 300),
    liveAgents: limit(10, 20),
    creations: limit(20, 60),
    creationsWindowMs: 10 * MINUTE_MS,
    templatesPerDay: 5,
    duplicateWindowMs: DAY_MS,
    rootAgents: [],
    causeHopsMax: 8,
    signaturesMax: 2,
    assignmentsMax: 2,
    entriesMax: 3,
  },
  admission: ["agent"],
  budget: DAY_ONE_BUDGET,
  steps: {
    repeats: limit(4, 6),
    errors: limit(3, 5),
    rounds: limit(2, 3),
    shortRounds: limit(2, 5),
    variations: limit(null, 12),
    stale: limit(null, 25),
    failing: limit(null, 5),
    messages: limit(null, 5),
    pollMs: 5 * SECOND_MS,
    slowPollMs: 30 * SECOND_MS,
    polls: [],
    mutate: [],
    observe: [],
    verify: [],
  },
  lease: { ttlMs: 30 * MINUTE_MS },
  escalation: {
    attemptsMax: 5,
    retriesMax: 3,
    backoffFirstMs: SECOND_MS,
    backoffFactor: 2,
    backoffMaxMs: 2 * MINUTE_MS,
    lead: null,
  },
  evidence: [],
  modes: {},
};

/** One limit of a scope, found by the place of its window in a meter's numbers. */
export type CompiledLimit = { readonly dimension: string; readonly window: number; readonly limit: Limit };

/** A policy made ready to judge with: its table indexed, its limits listed; made once for each adopted policy. */
export type CompiledPolicy = {
  readonly policy: Policy;
  readonly hash: string;
  readonly lifecycle: CompiledLifecycle;
  readonly limits: { readonly [S in ScopeKind]: readonly CompiledLimit[] };
  /** Every dimension that may be spent in: those the kernel knows, and those that the policy limits. */
  readonly dimensions: ReadonlySet<string>;
};

const KNOWN_DIMENSIONS: readonly string[] = [
  "steps",
  "durationMs",
  "tokens",
  "costMicros",
  "estimatedMicros",
  "unpricedTokens",
];

function listed(scope: ScopeLimits): readonly CompiledLimit[] {
  return WINDOWS.flatMap((window, index) =>
    Object.entries(scope[window]).map(([dimension, pair]) => ({ dimension, window: index, limit: pair })),
  );
}

export function compilePolicy(policy: Policy, hash: string): CompiledPolicy {
  const { task, lineage, agent, workspace } = policy.budget;
  const limits = {
    task: listed(task),
    lineage: listed(lineage),
    agent: listed(agent),
    workspace: listed(workspace),
  };
  const limited = SCOPE_KINDS.flatMap((kind) => limits[kind].map(({ dimension }) => dimension));
  const dimensions = new Set([...KNOWN_DIMENSIONS, ...limited]);
  return { policy, hash, lifecycle: compileLifecycle(policy.lifecycle), limits, dimensions };
}
