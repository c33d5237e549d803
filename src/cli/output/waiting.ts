// What waits for a human, in the forms it is shown in: refusals, the same one many times as one, and tasks
// that no agent may take up.

import { isDeadLetter, isForHumans, rungAt, said } from "../../core/index.ts";
import type { Event, Policy, RecordedDecision, TaskRow } from "../../core/index.ts";
import type { LoggedEvent } from "../../kernel/index.ts";
import { readable } from "../args/words.ts";
import { approvalLine } from "./approval.ts";
import type { Paint } from "./paint.ts";
import { findingLine } from "./report.ts";
import { ago, plural, shortDuration } from "./text.ts";
import { whatHappened } from "./what-happened.ts";

const LABEL_WIDTH = 9;

/** A refusal with what answers it; `times` counts the same request by the same actor, refused for the same reason. */
export type WaitingRefusal = {
  readonly id: string;
  readonly event: Event;
  readonly decision: RecordedDecision;
  readonly times: number;
  readonly firstAt: number;
};

/** Equal refusals as one, the latest of each, in the order of those. */
export function waitingRefusals(found: readonly LoggedEvent[]): readonly WaitingRefusal[] {
  const groups = new Map<string, WaitingRefusal>();
  for (const { event } of found) {
    const { decision, sequence, kind, actor, digest, at } = event;
    if (decision === null) continue;
    const key = JSON.stringify([kind, actor, digest, decision.code]);
    const { times = 0, firstAt = at } = groups.get(key) ?? {};
    groups.delete(key);
    groups.set(key, { id: `d-${sequence}`, event, decision, times: times + 1, firstAt });
  }
  return [...groups.values()];
}

function labelled(label: string, text: string, paint: Paint): string {
  return `  ${paint("dim", label.padEnd(LABEL_WIDTH))}${text}`;
}

export function refusalBlock(waiting: WaitingRefusal, now: number, paint: Paint): readonly string[] {
  const { id, event, decision, times, firstAt } = waiting;
  const often = times === 1 ? "" : `  x${times} since ${ago(firstAt, now)}`;
  return [
    `${paint("bold", id)}  ${ago(event.at, now)}${often}  ${said(`${event.kind}:${event.actor}`)}  ${findingLine(decision)}`,
    labelled("asked", whatHappened(event), paint),
    labelled("approve", approvalLine(event.sequence, decision), paint),
  ];
}

export function refusalJson({ id, event, decision, times }: WaitingRefusal): object {
  return { id, ...event, times, approve: approvalLine(event.sequence, decision) };
}

/** A task that waits: for a human, or, longer than a rung of the ladder lasts, for the lead. */
export type WaitingTask = {
  readonly task: TaskRow;
  readonly tier: TaskRow["escalation"]["tier"];
  readonly since: number;
};

/** Tasks that no agent may take up, and those that one rung waited for in vain; oldest first. */
export function waitingTasks(tasks: readonly TaskRow[], policy: Policy, now: number): readonly WaitingTask[] {
  const waiting = tasks.flatMap((task): readonly WaitingTask[] => {
    if (isForHumans(task.escalation)) return [{ task, tier: task.escalation.tier, since: task.updatedAt }];
    if (task.holder !== null || task.ended) return [];
    const rung = rungAt(task, policy, now);
    return rung.tier === task.escalation.tier || rung.tier === "anybody" ? [] : [{ task, ...rung }];
  });
  return waiting.toSorted((a, b) => a.since - b.since);
}

/** The line that takes a waiting task up again. */
function takeUpLine({ task, tier }: WaitingTask, { lifecycle }: Policy): string {
  const { id, escalation } = task;
  if (isForHumans(escalation)) return `exec-kernel task move ${id} ${lifecycle.released}`;
  return `exec-kernel task edit ${id} --assignee ${tier === "lead" ? "none" : "AGENT"}`;
}

function decides({ tier }: WaitingTask, { escalation }: Policy): string {
  return tier === "lead" ? `waits for the lead, ${escalation.lead}` : "a human decides";
}

/** Why it was parked, and how often. */
function parkedAfter({ escalation }: TaskRow, isDead: boolean): string {
  const { tier, failed } = escalation;
  // The row counts failed attempts no more once it is parked, but knows whose they were.
  const failures = failed.length === 0 ? "failed attempts" : `failed attempts by ${failed.map(said).join(", ")}`;
  return `${tier === "stuck" ? "steps that went round in circles" : failures}, parked ${plural(escalation.parks, "time")}${isDead ? ": a dead letter" : ""}`;
}

function waitedFor({ task, tier }: WaitingTask, { escalation, lease }: Policy): string {
  if (isForHumans(task.escalation)) return parkedAfter(task, isDeadLetter(task, escalation));
  const { failures, failed } = task.escalation;
  const isLeads = tier === "human" && escalation.lead !== null;
  const who = isLeads ? `the lead, ${escalation.lead},` : `another agent than ${failed.map(said).join(", ")}`;
  return `${plural(failures, "failed attempt")}, and ${who} did not come in ${shortDuration(lease.ttlMs)}`;
}

export function waitingBlock(waiting: WaitingTask, policy: Policy, now: number, paint: Paint): readonly string[] {
  const { id, state, title } = waiting.task;
  return [
    `${paint("bold", id)}  ${ago(waiting.since, now)}  ${state}, ${decides(waiting, policy)}  ${readable(title)}`,
    labelled("after", waitedFor(waiting, policy), paint),
    labelled("take up", takeUpLine(waiting, policy), paint),
  ];
}

export function waitingJson(waiting: WaitingTask, policy: Policy): object {
  const { id, title, state, escalation, updatedAt } = waiting.task;
  const { tier, since } = waiting;
  return { task: id, title, state, tier, since, escalation, updatedAt, takeUp: takeUpLine(waiting, policy) };
}
