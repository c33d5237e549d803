// The policy that a configuration proposes: day one, with what the file and the environment name in its place.

import { DAY_ONE_POLICY, RULES } from "../core/index.ts";
import type { Limit, Limits, Mode, Policy } from "../core/index.ts";
import { canonicalPolicy } from "./canonical.ts";
import type { Config, LimitPatch, PolicyPatch } from "./config.ts";

const SILENT: PolicyPatch = {
  lineage: {
    depth: null,
    children: null,
    descendants: null,
    templatesPerDay: null,
    duplicateWindowMs: null,
    rootAgents: null,
  },
  budget: { task: {}, handBackSteps: null },
  modes: {},
};

/** The complete policy (every rule's mode written out, keys in one order, deeply frozen) that a configuration proposes. */
export function policyFromConfig(config: Pick<Config, "policy">): Policy {
  const { lineage, budget, modes } = config.policy ?? SILENT;
  const base = DAY_ONE_POLICY;
  return canonicalPolicy({
    version: 1,
    lifecycle: base.lifecycle,
    lineage: {
      depth: limitOver(base.lineage.depth, lineage.depth),
      children: limitOver(base.lineage.children, lineage.children),
      descendants: limitOver(base.lineage.descendants, lineage.descendants),
      templatesPerDay: lineage.templatesPerDay ?? base.lineage.templatesPerDay,
      duplicateWindowMs: lineage.duplicateWindowMs ?? base.lineage.duplicateWindowMs,
      rootAgents: lineage.rootAgents ?? base.lineage.rootAgents,
    },
    budget: {
      task: limitsOver(base.budget.task, budget.task),
      handBackSteps: budget.handBackSteps ?? base.budget.handBackSteps,
    },
    modes: completeModes(modes),
  });
}

/** Every rule's mode: the one that is named, else the rule's own. */
export function completeModes(modes: Policy["modes"]): Policy["modes"] {
  const out: Record<string, Mode> = {};
  for (const { name, mode } of RULES) out[name] = modes[name] ?? mode;
  return out;
}

function limitsOver(base: Limits, patches: PolicyPatch["budget"]["task"]): Limits {
  const out: Record<string, Limit> = { ...base };
  for (const [dimension, patch] of Object.entries(patches)) {
    const limit = patch === "none" ? null : limitOver(base[dimension] ?? null, patch);
    if (limit === null) delete out[dimension];
    else out[dimension] = limit;
  }
  return out;
}

function limitOver(base: Limit, patch: LimitPatch | null): Limit;
function limitOver(base: Limit | null, patch: LimitPatch | null): Limit | null;
/** Null where neither side has a hard limit. A soft limit that was not named, or that lies above hard, falls away. */
function limitOver(base: Limit | null, patch: LimitPatch | null): Limit | null {
  const hard = patch?.hard ?? base?.hard;
  if (hard === undefined) return null;
  const named = patch?.soft ?? base?.soft ?? null;
  return { soft: named === null || named === "none" || named > hard ? null : named, hard };
}
