// What every simulated history is checked for, and what its honest agents must have got.

import type { Policy } from "../../src/core/index.ts";
import { closingFaults, heldFaults, limitFaults } from "../invariants/budgets.ts";
import { countFaults } from "../invariants/counts.ts";
import { guardFaults } from "../invariants/guards.ts";
import type { Faults, History } from "../invariants/history.ts";
import { edgeFaults, leaseFaults, standingsFaults } from "../invariants/leases.ts";
import { foldFaults, grantFaults, orderFaults } from "../invariants/order.ts";
import { ownPieceFaults } from "./own-pieces.ts";
import { rulesFaults } from "./rules-held.ts";
import type { Simulation } from "./simulation.ts";

/** Everything wrong in a history that ran under some policy and had to hold this one; folding it all anew takes time. */
export function historyFaults(history: History, held: Policy, deep: boolean): Faults {
  const right = { ...history, policy: held };
  return [
    ...rulesFaults(history.events, held),
    ...ownPieceFaults(history.events),
    ...leaseFaults(right),
    ...standingsFaults(right),
    ...edgeFaults(right),
    ...guardFaults(right),
    ...closingFaults(right),
    ...grantFaults(right),
    ...orderFaults(right),
    ...heldFaults(right),
    ...countFaults(right),
    ...(deep ? [...foldFaults(right), ...limitFaults(right)] : []),
  ];
}

/**
 * Refusals that an honest agent may meet through what others did: halts, a lease lost while the clock jumped, a budget
 * that others emptied, children that others left open, evidence that no harness brought, work that was parked once its
 * lease was lost too often, nothing left to do.
 */
const THROUGH_OTHERS = [
  "halt.active",
  "claim.nothing_ready",
  "lease.fence_stale",
  "lease.not_held",
  "reservation.unknown",
  "budget.hard_limit",
  "done.evidence_missing",
  "escalation.human_needed",
  "lifecycle.children_open",
  "lifecycle.transition_skipped",
  "lifecycle.terminal",
  "lifecycle.same_state",
];

/** Refusals of honest agents that nothing but a rule gone wrong explains. */
export function honestFaults({ players }: Simulation): Faults {
  return players
    .filter((player) => player.temperament === "honest")
    .flatMap((player) =>
      [...player.refusals]
        .filter(([code]) => !THROUGH_OTHERS.includes(code))
        .map(([code, count]) => `${player.name} was refused ${code} ${count} times`),
    );
}

/** Work that honest agents brought to its end: done, or left in review. */
export function finishedByHonest({ players }: Simulation): number {
  const honest = players.filter((player) => player.temperament === "honest");
  return honest.reduce((sum, player) => sum + player.finished, 0);
}
