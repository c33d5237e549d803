// Policies that the model and the kernel are compared under: the day-one policy, one with every rule enforced and numbers
// low enough that a short history meets them, and one that asks for evidence and another pair of hands.

import { DAY_ONE_POLICY, DEFAULT_LIFECYCLE } from "../../src/core/index.ts";
import type { Mode, Policy } from "../../src/core/index.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const OBSERVED_FIRST = [
  "template",
  "provenance",
  "admission",
  "ping-pong-chain",
  "flapping",
  "signature",
  "evidence",
  "variation",
  "stall",
];

const allEnforced: Policy["modes"] = Object.fromEntries(
  OBSERVED_FIRST.map((name): [string, Mode] => [name, "enforce"]),
);

const hard = (most: number): { readonly soft: null; readonly hard: number } => ({ soft: null, hard: most });

const TIGHT: Policy = {
  ...DAY_ONE_POLICY,
  lineage: {
    ...DAY_ONE_POLICY.lineage,
    depth: { soft: 1, hard: 3 },
    children: { soft: 2, hard: 4 },
    descendants: { soft: 4, hard: 7 },
    liveAgents: { soft: 2, hard: 3 },
    creations: { soft: 2, hard: 5 },
    creationsWindowMs: 5 * MINUTE_MS,
    templatesPerDay: 4,
    duplicateWindowMs: 10 * MINUTE_MS,
    rootAgents: ["a-0"],
    causeHopsMax: 3,
    entriesMax: 2,
  },
  budget: {
    task: {
      ...DAY_ONE_POLICY.budget.task,
      lifetime: { steps: { soft: 4, hard: 8 }, durationMs: hard(40 * MINUTE_MS), tokens: hard(500) },
      hour: { tokens: hard(200) },
    },
    lineage: { ...DAY_ONE_POLICY.budget.lineage, lifetime: { steps: hard(30), costMicros: hard(900) } },
    agent: {
      lifetime: {},
      hour: { costMicros: { soft: 100, hard: 300 }, durationMs: hard(45 * MINUTE_MS) },
      day: { steps: hard(60) },
      month: { tokens: hard(4_000) },
    },
    workspace: { lifetime: {}, hour: { steps: hard(80) }, day: { costMicros: hard(3_000) }, month: {} },
    handBackSteps: 2,
    reservationMs: 3 * MINUTE_MS,
  },
  lease: { ttlMs: 5 * MINUTE_MS },
  steps: {
    ...DAY_ONE_POLICY.steps,
    repeats: { soft: 1, hard: 2 },
    errors: hard(2),
    rounds: hard(2),
    shortRounds: hard(2),
    variations: hard(3),
    stale: hard(2),
    failing: hard(2),
    messages: hard(2),
  },
  escalation: { ...DAY_ONE_POLICY.escalation, attemptsMax: 3, retriesMax: 1, backoffFirstMs: 10_000, lead: "a-0" },
  modes: allEnforced,
};

const REVIEWED: Policy = {
  ...DAY_ONE_POLICY,
  lifecycle: {
    ...DEFAULT_LIFECYCLE,
    guards: {
      ...DEFAULT_LIFECYCLE.guards,
      in_review: ["no_open_children"],
      cancelled: ["reason", "other_actor"],
      done: ["evidence", "other_actor", "no_open_children"],
    },
  },
  lineage: { ...DAY_ONE_POLICY.lineage, signaturesMax: 1, assignmentsMax: 1, templatesPerDay: 2 },
  budget: {
    ...DAY_ONE_POLICY.budget,
    task: { ...DAY_ONE_POLICY.budget.task, lifetime: { steps: { soft: 10, hard: 20 } } },
    lineage: { lifetime: {}, hour: { durationMs: hard(2 * HOUR_MS) }, day: {}, month: {} },
    reservationMs: 30 * MINUTE_MS,
  },
  lease: { ttlMs: 20 * MINUTE_MS },
  escalation: { ...DAY_ONE_POLICY.escalation, attemptsMax: 4, retriesMax: 1, lead: null },
  evidence: ["npm test", "review"],
  modes: { evidence: "enforce", "ping-pong-chain": "enforce", signature: "enforce" },
};

export const POLICIES: Readonly<Record<string, Policy>> = {
  "day one": DAY_ONE_POLICY,
  tight: TIGHT,
  reviewed: REVIEWED,
};
