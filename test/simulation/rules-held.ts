// What a history must show when the rules are held, read from the log alone and by other means than the rules: depth,
// numbers of children and descendants, storms, copies, the length of leases, one step again and again. A human's approval
// excuses the one event.

import type { Event, Policy } from "../../src/core/index.ts";
import { isGrant } from "../invariants/history.ts";
import type { Faults } from "../invariants/history.ts";

type Made = Extract<Event, { readonly type: "task_created" }>;

type Standing = {
  readonly policy: Policy;
  readonly below: Map<string, number>;
  readonly under: Map<string, number>;
  readonly times: Map<string, number[]>;
  /** Open tasks by what they are. */
  readonly open: Map<string, string>;
  readonly prints: Map<string, string>;
  /** Of each task: the step that was recorded last, and how often in a row. */
  readonly rows: Map<string, { readonly step: string; readonly times: number }>;
};

const count = (map: Map<string, number>, key: string): number => {
  const next = (map.get(key) ?? 0) + 1;
  map.set(key, next);
  return next;
};

function isExcused(event: Event, code: string): boolean {
  return (event.decision?.waived ?? []).some((finding) => finding.code === code);
}

function stormFault(event: Made, { policy, times }: Standing): string | null {
  if (event.kind !== "agent") return null;
  const all = [...(times.get(event.actor) ?? []), event.at];
  times.set(event.actor, all);
  const recent = all.filter((at) => at > event.at - policy.lineage.creationsWindowMs);
  times.set(event.actor, recent);
  return recent.length > policy.lineage.creations.hard ? "lineage.creations_exceeded" : null;
}

function lineageCodes(event: Made, standing: Standing): readonly string[] {
  const { body } = event;
  const { lineage } = standing.policy;
  const codes: string[] = [];
  if (body.path.length > lineage.depth.hard) codes.push("lineage.depth_exceeded");
  if (body.parent !== null && count(standing.below, body.parent) > lineage.children.hard)
    codes.push("lineage.children_exceeded");
  for (const root of new Set([body.root, body.originRoot]))
    if (root !== body.task && count(standing.under, root) > lineage.descendants.hard)
      codes.push("lineage.descendants_exceeded");
  if (standing.open.has(body.fingerprint)) codes.push("lineage.duplicate_open");
  return codes;
}

function madeFaults(event: Made, standing: Standing): Faults {
  const storm = stormFault(event, standing);
  const codes = [...lineageCodes(event, standing), ...(storm === null ? [] : [storm])];
  standing.open.set(event.body.fingerprint, event.body.task);
  standing.prints.set(event.body.task, event.body.fingerprint);
  return codes
    .filter((code) => !isExcused(event, code))
    .map((code) => `${event.sequence}: granted in spite of ${code}`);
}

type Recorded = Extract<Event, { readonly type: "step_recorded" }>;

/** One call with one result, right after itself; what waits for something is no loop. */
function stepFaults(event: Recorded, { policy, rows }: Standing): Faults {
  const { task, call, result, handBack } = event.body;
  if (call === null || result === null || call.polled || handBack || event.kind === "human") {
    rows.delete(task);
    return [];
  }
  const step = `${call.digest} ${result}`;
  const before = rows.get(task);
  const times = before?.step === step && !isExcused(event, "step.repeated") ? before.times + 1 : 1;
  rows.set(task, { step, times });
  return times > policy.steps.repeats.hard ? [`${event.sequence}: granted in spite of step.repeated`] : [];
}

function movedFaults(event: Event, standing: Standing): Faults {
  if (event.type !== "task_moved") return [];
  const { task, ended, lease, via } = event.body;
  standing.rows.delete(task);
  const print = standing.prints.get(task) ?? "";
  if (ended && standing.open.get(print) === task) standing.open.delete(print);
  if (via === "reopen") standing.open.set(print, task);
  const lives = lease?.expiresAt == null ? 0 : lease.expiresAt - lease.since;
  return lives > standing.policy.lease.ttlMs ? [`${event.sequence}: the lease of ${task} lives for ${lives} ms`] : [];
}

/** Everything that was granted although this policy, enforced, refuses it. */
export function rulesFaults(events: readonly Event[], policy: Policy): Faults {
  const standing: Standing = {
    policy,
    below: new Map(),
    under: new Map(),
    times: new Map(),
    open: new Map(),
    prints: new Map(),
    rows: new Map(),
  };
  return events.flatMap((event) => {
    if (event.type === "task_created" && isGrant(event)) return madeFaults(event, standing);
    if (event.type === "step_recorded") return stepFaults(event, standing);
    // What is proven begins the count anew.
    if (event.type === "evidence_recorded") standing.rows.delete(event.body.task);
    return movedFaults(event, standing);
  });
}
