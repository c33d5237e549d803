// A policy as the file that proposes it: what `init` shows before it writes and `policy show` prints.

import { SCOPE_KINDS, WINDOWS } from "../core/index.ts";
import type { Policy, ScopeKind, Window } from "../core/index.ts";
import { limitsSection } from "./budget-keys.ts";
import { canonicalPolicy } from "./canonical.ts";
import { DIMENSIONS, inDimensionOrder, policyDimension } from "./dimensions.ts";
import {
  countLine,
  keyLine,
  limitLine,
  lineText,
  quotedList,
  quotedText,
  secondsLine,
  sectionLine,
} from "./explain-lines.ts";
import type { Line } from "./explain-lines.ts";
import { tableLines } from "./explain-table.ts";
import { DAY_ONE_LIMITS, limitPath } from "./limits.ts";
import { completeModes } from "./resolve-policy.ts";

/** The whole policy as commented YAML. Loaded again it proposes the same policy. */
export function explainPolicy(policy: Policy): string {
  return explainLines(policy).map(lineText).join("");
}

/** The lines of the whole policy. */
export function explainLines(policy: Policy): readonly Line[] {
  const { lifecycle, lineage, admission, budget, steps, lease, escalation, evidence, modes } = canonicalPolicy(policy);
  return [
    { depth: 0, text: "# soft warns, hard refuses; a bare number is a hard limit alone" },
    ...tableLines(lifecycle),
    ...lineageLines(lineage),
    keyLine("admission", `[${admission.join(", ")}]`),
    ...budgetLines(budget),
    ...stepLines(steps),
    sectionLine("lease"),
    secondsLine("lease.ttl_seconds", lease.ttlMs),
    ...escalationLines(escalation),
    keyLine("evidence", quotedList(evidence)),
    sectionLine("rules"),
    ...Object.entries(completeModes(modes)).map(([rule, mode]) => ({ depth: 1, text: `${rule}: ${mode}` })),
  ];
}

function lineageLines(lineage: Policy["lineage"]): readonly Line[] {
  return [
    sectionLine("lineage"),
    limitLine("lineage.depth", lineage.depth),
    limitLine("lineage.children", lineage.children),
    limitLine("lineage.descendants", lineage.descendants),
    limitLine("lineage.live_agents", lineage.liveAgents),
    limitLine("lineage.creations", lineage.creations),
    secondsLine("lineage.creations_window_seconds", lineage.creationsWindowMs),
    countLine("lineage.templates_per_day", lineage.templatesPerDay),
    secondsLine("lineage.duplicate_window_seconds", lineage.duplicateWindowMs),
    keyLine("lineage.root_agents", quotedList(lineage.rootAgents)),
    countLine("lineage.cause_hops_max", lineage.causeHopsMax),
    countLine("lineage.signatures_max", lineage.signaturesMax),
    countLine("lineage.assignments_max", lineage.assignmentsMax),
    countLine("lineage.entries_max", lineage.entriesMax),
  ];
}

function budgetLines(budget: Policy["budget"]): readonly Line[] {
  return [
    sectionLine("budget"),
    ...SCOPE_KINDS.flatMap((scope) => scopeLines(scope, budget)),
    countLine("budget.hand_back_steps", budget.handBackSteps),
    secondsLine("budget.reservation_seconds", budget.reservationMs),
  ];
}

/** A scope without any limit is left out, with its section. */
function scopeLines(scope: ScopeKind, budget: Policy["budget"]): readonly Line[] {
  const lines = WINDOWS.flatMap((window) => windowLines(scope, window, budget));
  return lines.length === 0 ? [] : [sectionLine(`budget.${scope}`), ...lines];
}

/** Limits that are none are said where leaving them out would bring back day one; of a task, all that are known. */
function windowLines(scope: ScopeKind, window: Window, budget: Policy["budget"]): readonly Line[] {
  const limits = budget[scope][window];
  const isTask = scope === "task" && window === "lifetime";
  const silent = DIMENSIONS.map(({ policy }) => policy).filter(
    (name) => isTask || DAY_ONE_LIMITS.has(limitPath(scope, window, name)),
  );
  const lines = inDimensionOrder([...silent, ...Object.keys(limits)]).map((name) => {
    const limit = limits[name];
    const path = limitPath(scope, window, name);
    return limit === undefined ? keyLine(path, "none") : limitLine(path, limit, policyDimension(name).places);
  });
  return window === "lifetime" || lines.length === 0 ? lines : [sectionLine(limitsSection(scope, window)), ...lines];
}

function stepLines(steps: Policy["steps"]): readonly Line[] {
  return [
    sectionLine("steps"),
    limitLine("steps.repeats", steps.repeats),
    limitLine("steps.errors", steps.errors),
    limitLine("steps.rounds", steps.rounds),
    limitLine("steps.short_rounds", steps.shortRounds),
    limitLine("steps.variations", steps.variations),
    limitLine("steps.stale", steps.stale),
    limitLine("steps.failing", steps.failing),
    limitLine("steps.messages", steps.messages),
    secondsLine("steps.poll_seconds", steps.pollMs),
    secondsLine("steps.slow_poll_seconds", steps.slowPollMs),
    keyLine("steps.polls", quotedList(steps.polls)),
    keyLine("steps.mutate", quotedList(steps.mutate)),
    keyLine("steps.observe", quotedList(steps.observe)),
    keyLine("steps.verify", quotedList(steps.verify)),
  ];
}

function escalationLines(escalation: Policy["escalation"]): readonly Line[] {
  return [
    sectionLine("escalation"),
    countLine("escalation.attempts_max", escalation.attemptsMax),
    countLine("escalation.retries_max", escalation.retriesMax),
    secondsLine("escalation.backoff_first_seconds", escalation.backoffFirstMs),
    countLine("escalation.backoff_factor", escalation.backoffFactor),
    secondsLine("escalation.backoff_max_seconds", escalation.backoffMaxMs),
    keyLine("escalation.lead", escalation.lead === null ? "none" : quotedText(escalation.lead)),
  ];
}
