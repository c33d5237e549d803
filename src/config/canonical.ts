// The one order of keys of a policy: its JSON text is hashed, so equal policies must have equal texts.

import { RULES } from "../core/index.ts";
import type { Edge, Guard, LifecycleTable, Limit, Limits, Mode, Policy, ScopeLimits } from "../core/index.ts";
import { inDimensionOrder } from "./dimensions.ts";
import { deepFreeze } from "./freeze.ts";

/** A deeply frozen copy of the policy with its keys in order; lists keep theirs. */
export function canonicalPolicy(policy: Policy): Policy {
  return deepFreeze({
    version: 3,
    lifecycle: canonicalTable(policy.lifecycle),
    lineage: lineageOf(policy.lineage),
    admission: [...policy.admission],
    budget: budgetOf(policy.budget),
    steps: stepsOf(policy.steps),
    lease: { ttlMs: policy.lease.ttlMs },
    escalation: escalationOf(policy.escalation),
    evidence: [...policy.evidence],
    modes: modesOf(policy.modes),
  });
}

/** A copy of the table with its keys in order; lists keep theirs. */
export function canonicalTable(table: LifecycleTable): LifecycleTable {
  return {
    states: [...table.states],
    initial: [...table.initial],
    working: table.working,
    released: table.released,
    parked: table.parked,
    review: table.review,
    completed: table.completed,
    terminal: [...table.terminal],
    edges: table.edges.map(edgeOf),
    guards: guardsOf(table),
  };
}

function edgeOf({ from, to, by, why }: Edge): Edge {
  return { from, to, by: [...by], why };
}

/** In the order of the states; a state that demands nothing is not named. */
function guardsOf({ states, guards }: LifecycleTable): LifecycleTable["guards"] {
  const out: Record<string, readonly Guard[]> = {};
  for (const state of states) {
    const demanded = guards[state] ?? [];
    if (demanded.length > 0) out[state] = [...demanded];
  }
  return out;
}

function lineageOf(lineage: Policy["lineage"]): Policy["lineage"] {
  return {
    depth: limitOf(lineage.depth),
    children: limitOf(lineage.children),
    descendants: limitOf(lineage.descendants),
    liveAgents: limitOf(lineage.liveAgents),
    creations: limitOf(lineage.creations),
    creationsWindowMs: lineage.creationsWindowMs,
    templatesPerDay: lineage.templatesPerDay,
    duplicateWindowMs: lineage.duplicateWindowMs,
    rootAgents: [...lineage.rootAgents],
    causeHopsMax: lineage.causeHopsMax,
    signaturesMax: lineage.signaturesMax,
    assignmentsMax: lineage.assignmentsMax,
    entriesMax: lineage.entriesMax,
  };
}

function limitOf({ soft, hard }: Limit): Limit {
  return { soft, hard };
}

function budgetOf(budget: Policy["budget"]): Policy["budget"] {
  return {
    task: scopeOf(budget.task),
    lineage: scopeOf(budget.lineage),
    agent: scopeOf(budget.agent),
    workspace: scopeOf(budget.workspace),
    handBackSteps: budget.handBackSteps,
    reservationMs: budget.reservationMs,
  };
}

function scopeOf({ lifetime, hour, day, month }: ScopeLimits): ScopeLimits {
  return { lifetime: limitsOf(lifetime), hour: limitsOf(hour), day: limitsOf(day), month: limitsOf(month) };
}

function limitsOf(limits: Limits): Limits {
  const out: Record<string, Limit> = {};
  for (const name of inDimensionOrder(Object.keys(limits))) {
    const limit = limits[name];
    if (limit !== undefined) out[name] = limitOf(limit);
  }
  return out;
}

function stepsOf(steps: Policy["steps"]): Policy["steps"] {
  return {
    repeats: limitOf(steps.repeats),
    errors: limitOf(steps.errors),
    rounds: limitOf(steps.rounds),
    shortRounds: limitOf(steps.shortRounds),
    variations: limitOf(steps.variations),
    stale: limitOf(steps.stale),
    failing: limitOf(steps.failing),
    messages: limitOf(steps.messages),
    pollMs: steps.pollMs,
    slowPollMs: steps.slowPollMs,
    polls: [...steps.polls],
    mutate: [...steps.mutate],
    observe: [...steps.observe],
    verify: [...steps.verify],
  };
}

function escalationOf(escalation: Policy["escalation"]): Policy["escalation"] {
  return {
    attemptsMax: escalation.attemptsMax,
    retriesMax: escalation.retriesMax,
    backoffFirstMs: escalation.backoffFirstMs,
    backoffFactor: escalation.backoffFactor,
    backoffMaxMs: escalation.backoffMaxMs,
    lead: escalation.lead,
  };
}

/** In the order of the rules; each rule appears only where the policy names it. */
function modesOf(modes: Policy["modes"]): Policy["modes"] {
  const out: Record<string, Mode> = {};
  for (const { name } of RULES) {
    const mode = modes[name];
    if (mode !== undefined) out[name] = mode;
  }
  return out;
}
