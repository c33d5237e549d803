// The one order of keys of a policy: its JSON text is hashed, so equal policies must have equal texts.

import { RULES } from "../core/index.ts";
import type { Edge, LifecycleTable, Limit, Limits, Mode, Policy } from "../core/index.ts";
import { inDimensionOrder } from "./dimensions.ts";
import { deepFreeze } from "./freeze.ts";

/** A deeply frozen copy of the policy with its keys in order; lists keep theirs. */
export function canonicalPolicy({ lifecycle, lineage, budget, modes }: Policy): Policy {
  return deepFreeze({
    version: 1,
    lifecycle: tableOf(lifecycle),
    lineage: {
      depth: limitOf(lineage.depth),
      children: limitOf(lineage.children),
      descendants: limitOf(lineage.descendants),
      templatesPerDay: lineage.templatesPerDay,
      duplicateWindowMs: lineage.duplicateWindowMs,
      rootAgents: [...lineage.rootAgents],
    },
    budget: { task: limitsOf(budget.task), handBackSteps: budget.handBackSteps },
    modes: modesOf(modes),
  });
}

function tableOf({ states, initial, working, released, terminal, edges }: LifecycleTable): LifecycleTable {
  return {
    states: [...states],
    initial: [...initial],
    working,
    released,
    terminal: [...terminal],
    edges: edges.map(edgeOf),
  };
}

function edgeOf({ from, to, by, why }: Edge): Edge {
  return { from, to, by: [...by], why };
}

function limitOf({ soft, hard }: Limit): Limit {
  return { soft, hard };
}

function limitsOf(limits: Limits): Limits {
  const out: Record<string, Limit> = {};
  for (const name of inDimensionOrder(Object.keys(limits))) {
    const limit = limits[name];
    if (limit !== undefined) out[name] = limitOf(limit);
  }
  return out;
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
