// The golden stories: a seed, a policy, and how often each hand makes each move. Frozen: any change here changes the
// golden logs, and shows in review as a change of those files.

import { DAY_ONE_POLICY, DEFAULT_LIFECYCLE } from "../../src/core/index.ts";
import type { Policy } from "../../src/core/index.ts";
import type { MoveName } from "./moves.ts";

export type Hand = "agent" | "human" | "harness" | "timer";

export type Weight = readonly [weight: number, hand: Hand, move: MoveName];

export type Story = {
  readonly name: string;
  readonly seed: number;
  readonly commands: number;
  /** Adopted in turn, at even distances; the first one makes the workspace. */
  readonly policies: readonly Policy[];
  readonly weights: readonly Weight[];
};

const MINUTE_MS = 60_000;

/** Numbers that a few hundred commands meet. */
const TIGHT: Policy = {
  ...DAY_ONE_POLICY,
  lineage: {
    ...DAY_ONE_POLICY.lineage,
    depth: { soft: 1, hard: 2 },
    children: { soft: 2, hard: 3 },
    descendants: { soft: 4, hard: 8 },
    creations: { soft: 3, hard: 6 },
    liveAgents: { soft: 1, hard: 2 },
  },
  budget: {
    ...DAY_ONE_POLICY.budget,
    task: {
      ...DAY_ONE_POLICY.budget.task,
      lifetime: { steps: { soft: 4, hard: 7 }, tokens: { soft: null, hard: 4_000 } },
    },
    agent: { ...DAY_ONE_POLICY.budget.agent, hour: { costMicros: { soft: 500_000, hard: 1_500_000 } } },
    reservationMs: 5 * MINUTE_MS,
  },
  lease: { ttlMs: 10 * MINUTE_MS },
};

const ENFORCED: Policy = {
  ...TIGHT,
  evidence: ["npm test"],
  modes: {
    admission: "enforce",
    provenance: "enforce",
    "ping-pong-chain": "enforce",
    stall: "enforce",
    evidence: "enforce",
  },
};

const REVIEWED: Policy = {
  ...DAY_ONE_POLICY,
  lifecycle: {
    ...DEFAULT_LIFECYCLE,
    guards: { ...DEFAULT_LIFECYCLE.guards, done: ["other_actor", "no_open_children"] },
  },
};

const WORK: readonly Weight[] = [
  [14, "human", "create_task"],
  [10, "agent", "create_task"],
  [16, "agent", "claim_task"],
  [10, "agent", "move_task"],
  [12, "agent", "record_step"],
];

export const STORIES: readonly Story[] = [
  {
    name: "lifecycle",
    seed: 11,
    commands: 240,
    policies: [DAY_ONE_POLICY, REVIEWED],
    weights: [
      ...WORK,
      [6, "human", "move_task"],
      [6, "agent", "release_task"],
      [5, "human", "reopen_task"],
      [4, "human", "edit_task"],
      [5, "human", "assign_task"],
      [4, "human", "place_task"],
      [3, "agent", "renew_lease"],
      [3, "harness", "record_evidence"],
      [3, "timer", "sweep"],
    ],
  },
  {
    name: "budgets",
    seed: 12,
    commands: 240,
    policies: [TIGHT],
    weights: [
      [8, "human", "create_task"],
      [14, "agent", "claim_task"],
      [16, "agent", "reserve_step"],
      [14, "agent", "settle_step"],
      [6, "agent", "cancel_step"],
      [16, "agent", "record_step"],
      [6, "human", "approve_request"],
      [2, "human", "deny_request"],
      [2, "human", "mark_wrong"],
      [4, "harness", "settle_step"],
      [4, "timer", "sweep"],
      [3, "agent", "release_task"],
    ],
  },
  {
    name: "agents",
    seed: 13,
    commands: 200,
    policies: [DAY_ONE_POLICY],
    weights: [
      [1, "human", "start_incarnation"],
      ...WORK,
      [5, "agent", "sleep_agent"],
      [4, "human", "wake_agent"],
      [4, "human", "halt_scope"],
      [6, "human", "resume_scope"],
      [3, "human", "register_agent"],
      [5, "agent", "start_run"],
      [6, "agent", "end_run"],
      [4, "human", "assign_task"],
    ],
  },
  {
    name: "loops",
    seed: 14,
    commands: 220,
    policies: [DAY_ONE_POLICY],
    weights: [
      [4, "human", "create_task"],
      [10, "agent", "claim_task"],
      [60, "agent", "loop"],
      [4, "agent", "record_step"],
      [5, "agent", "start_run"],
      [2, "human", "move_task"],
      [2, "human", "approve_request"],
    ],
  },
  {
    name: "lineage",
    seed: 15,
    commands: 220,
    policies: [TIGHT, ENFORCED, DAY_ONE_POLICY],
    weights: [
      ...WORK,
      [20, "agent", "create_task"],
      [4, "human", "approve_request"],
      [4, "human", "place_task"],
      [3, "harness", "record_evidence"],
      [2, "human", "mark_wrong"],
    ],
  },
  {
    name: "facts",
    seed: 16,
    commands: 110,
    policies: [DAY_ONE_POLICY, TIGHT],
    weights: [
      [40, "harness", "record_fact"],
      [5, "human", "create_task"],
      [5, "agent", "claim_task"],
      [3, "human", "deny_request"],
    ],
  },
];
