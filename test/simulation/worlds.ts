// Simulated worlds: one seed, one policy, so many steps, and the history at the end.

import { DAY_ONE_POLICY } from "../../src/core/index.ts";
import type { Policy } from "../../src/core/index.ts";
import type { History } from "../invariants/history.ts";
import { Referee } from "./referee.ts";
import { HUMAN, Simulation } from "./simulation.ts";

const MINUTE_MS = 60_000;

/** Numbers that a few thousand steps of up to 32 agents meet; ended work shows evidence, and only some rules observe. */
export const BUSY_POLICY: Policy = {
  ...DAY_ONE_POLICY,
  lineage: {
    ...DAY_ONE_POLICY.lineage,
    depth: { soft: 2, hard: 4 },
    children: { soft: 3, hard: 5 },
    descendants: { soft: 12, hard: 25 },
    creations: { soft: 3, hard: 5 },
  },
  budget: {
    ...DAY_ONE_POLICY.budget,
    task: {
      ...DAY_ONE_POLICY.budget.task,
      lifetime: { steps: { soft: 8, hard: 12 }, tokens: { soft: null, hard: 4_000 } },
    },
    agent: { ...DAY_ONE_POLICY.budget.agent, hour: { costMicros: { soft: null, hard: 2_000_000 } } },
    reservationMs: 10 * MINUTE_MS,
  },
  evidence: ["npm test"],
  modes: { evidence: "enforce" },
};

export type Lived = { readonly simulation: Simulation; readonly history: History; readonly mostKeys: number };

/** A world over rows in memory. */
export async function live(seed: number, policy: Policy, steps: number): Promise<Lived> {
  const referee = new Referee(policy, HUMAN);
  const arena = { clock: referee.clock, submit: referee.submit.bind(referee) };
  const simulation = new Simulation(seed, arena);
  for (let step = 0; step < steps; step += 1) await simulation.step();
  return { simulation, history: { policy, events: referee.log, rows: referee.rows }, mostKeys: referee.mostKeys };
}
