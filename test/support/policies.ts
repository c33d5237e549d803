// The day-one policy with the part changed that a test is about.

import { DAY_ONE_POLICY, NO_LIMITS } from "../../src/core/index.ts";
import type { Policy, ScopeKind, ScopeLimits } from "../../src/core/index.ts";

export function withLineage(change: Partial<Policy["lineage"]>): Policy {
  return { ...DAY_ONE_POLICY, lineage: { ...DAY_ONE_POLICY.lineage, ...change } };
}

/** No limits but these. */
export function withLimits(
  limits: { readonly [S in ScopeKind]?: Partial<ScopeLimits> },
  other: Partial<Pick<Policy["budget"], "handBackSteps" | "reservationMs">> = {},
): Policy {
  const of = (scope: ScopeKind): ScopeLimits => ({ ...NO_LIMITS, ...limits[scope] });
  const scopes = { task: of("task"), lineage: of("lineage"), agent: of("agent"), workspace: of("workspace") };
  return { ...DAY_ONE_POLICY, budget: { ...DAY_ONE_POLICY.budget, ...scopes, ...other } };
}

export function withEscalation(change: Partial<Policy["escalation"]>): Policy {
  return { ...DAY_ONE_POLICY, escalation: { ...DAY_ONE_POLICY.escalation, ...change } };
}

/** The policy with these rules enforced that would only observe. */
export function enforcing(policy: Policy, ...rules: readonly string[]): Policy {
  const modes = Object.fromEntries(rules.map((rule) => [rule, "enforce"] as const));
  return { ...policy, modes: { ...policy.modes, ...modes } };
}

/** The policy with other guards of these states. */
export function withGuards(guards: Policy["lifecycle"]["guards"], policy: Policy = DAY_ONE_POLICY): Policy {
  return { ...policy, lifecycle: { ...policy.lifecycle, guards: { ...policy.lifecycle.guards, ...guards } } };
}

export const hard = (limit: number): { readonly soft: null; readonly hard: number } => ({ soft: null, hard: limit });
