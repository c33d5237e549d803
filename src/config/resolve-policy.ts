// The policy that a configuration proposes: day one, with what the file and the environment name in its place.

import { DAY_ONE_POLICY, RULES } from "../core/index.ts";
import type { Limit, Limits, Mode, Policy, ScopeLimits } from "../core/index.ts";
import { canonicalPolicy } from "./canonical.ts";
import type { Config, LimitPatch, LimitPatches, PolicyPatch, ScopePatch } from "./config.ts";

/** The complete policy (every rule's mode written out, keys in one order, deeply frozen) that a configuration proposes. */
export function policyFromConfig({ policy: patch }: Pick<Config, "policy">): Policy {
  const base = DAY_ONE_POLICY;
  if (patch === null) return canonicalPolicy({ ...base, modes: completeModes(base.modes) });
  return canonicalPolicy({
    version: base.version,
    lifecycle: patch.lifecycle ?? base.lifecycle,
    lineage: lineageOver(base.lineage, patch.lineage),
    admission: patch.admission ?? base.admission,
    budget: budgetOver(base.budget, patch.budget),
    steps: stepsOver(base.steps, patch.steps),
    lease: { ttlMs: patch.lease.ttlMs ?? base.lease.ttlMs },
    escalation: escalationOver(base.escalation, patch.escalation),
    evidence: patch.evidence ?? base.evidence,
    modes: completeModes(patch.modes),
  });
}

/** Every rule's mode: the one that is named, else the rule's own. */
export function completeModes(modes: Policy["modes"]): Policy["modes"] {
  const out: Record<string, Mode> = {};
  for (const { name, mode } of RULES) out[name] = modes[name] ?? mode;
  return out;
}

function lineageOver(base: Policy["lineage"], patch: PolicyPatch["lineage"]): Policy["lineage"] {
  return {
    depth: limitOver(base.depth, patch.depth),
    children: limitOver(base.children, patch.children),
    descendants: limitOver(base.descendants, patch.descendants),
    liveAgents: limitOver(base.liveAgents, patch.liveAgents),
    creations: limitOver(base.creations, patch.creations),
    creationsWindowMs: patch.creationsWindowMs ?? base.creationsWindowMs,
    templatesPerDay: patch.templatesPerDay ?? base.templatesPerDay,
    duplicateWindowMs: patch.duplicateWindowMs ?? base.duplicateWindowMs,
    rootAgents: patch.rootAgents ?? base.rootAgents,
    causeHopsMax: patch.causeHopsMax ?? base.causeHopsMax,
    signaturesMax: patch.signaturesMax ?? base.signaturesMax,
    assignmentsMax: patch.assignmentsMax ?? base.assignmentsMax,
    entriesMax: patch.entriesMax ?? base.entriesMax,
  };
}

function budgetOver(base: Policy["budget"], patch: PolicyPatch["budget"]): Policy["budget"] {
  return {
    task: scopeOver(base.task, patch.task),
    lineage: scopeOver(base.lineage, patch.lineage),
    agent: scopeOver(base.agent, patch.agent),
    workspace: scopeOver(base.workspace, patch.workspace),
    handBackSteps: patch.handBackSteps ?? base.handBackSteps,
    reservationMs: patch.reservationMs ?? base.reservationMs,
  };
}

function scopeOver(base: ScopeLimits, patch: ScopePatch): ScopeLimits {
  return {
    lifetime: limitsOver(base.lifetime, patch.lifetime),
    hour: limitsOver(base.hour, patch.hour),
    day: limitsOver(base.day, patch.day),
    month: limitsOver(base.month, patch.month),
  };
}

function stepsOver(base: Policy["steps"], patch: PolicyPatch["steps"]): Policy["steps"] {
  return {
    repeats: limitOver(base.repeats, patch.repeats),
    errors: limitOver(base.errors, patch.errors),
    rounds: limitOver(base.rounds, patch.rounds),
    shortRounds: limitOver(base.shortRounds, patch.shortRounds),
    variations: limitOver(base.variations, patch.variations),
    stale: limitOver(base.stale, patch.stale),
    failing: limitOver(base.failing, patch.failing),
    messages: limitOver(base.messages, patch.messages),
    pollMs: patch.pollMs ?? base.pollMs,
    slowPollMs: patch.slowPollMs ?? base.slowPollMs,
    polls: patch.polls ?? base.polls,
    mutate: patch.mutate ?? base.mutate,
    observe: patch.observe ?? base.observe,
    verify: patch.verify ?? base.verify,
  };
}

function escalationOver(base: Policy["escalation"], patch: PolicyPatch["escalation"]): Policy["escalation"] {
  const lead = patch.lead ?? base.lead;
  return {
    attemptsMax: patch.attemptsMax ?? base.attemptsMax,
    retriesMax: patch.retriesMax ?? base.retriesMax,
    backoffFirstMs: patch.backoffFirstMs ?? base.backoffFirstMs,
    backoffFactor: patch.backoffFactor ?? base.backoffFactor,
    backoffMaxMs: patch.backoffMaxMs ?? base.backoffMaxMs,
    lead: lead === "none" ? null : lead,
  };
}

function limitsOver(base: Limits, patches: LimitPatches): Limits {
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
