// What waits for a human, in the forms it is shown in: refusals, the same one many times as one, and parked tasks.

import { said } from "../../core/index.ts";
import type { Event, LifecycleTable, RecordedDecision, TaskRow } from "../../core/index.ts";
import type { LoggedEvent } from "../../kernel/index.ts";
import { readable } from "../args/words.ts";
import { approvalLine } from "./approval.ts";
import type { Paint } from "./paint.ts";
import { findingLine } from "./report.ts";
import { ago } from "./text.ts";
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

/** The line that takes a parked task up again. */
function takeUpLine({ id }: TaskRow, { released }: LifecycleTable): string {
  return `exec-kernel task move ${id} ${released}`;
}

export function isForHumans({ tier }: TaskRow["escalation"]): boolean {
  return tier === "human" || tier === "stuck";
}

/** What parked it; its row counts failed attempts no more then, but knows whose they were. */
export function parkedAfter({ tier, failed }: TaskRow["escalation"]): string {
  if (tier === "stuck") return "steps that went round in circles";
  return failed.length === 0 ? "failed attempts" : `failed attempts by ${failed.map(said).join(", ")}`;
}

export function parkedBlock(task: TaskRow, table: LifecycleTable, now: number, paint: Paint): readonly string[] {
  const { id, state, title, updatedAt, escalation } = task;
  return [
    `${paint("bold", id)}  ${ago(updatedAt, now)}  ${state}, a human decides  ${readable(title)}`,
    labelled("after", parkedAfter(escalation), paint),
    labelled("take up", takeUpLine(task, table), paint),
  ];
}

export function parkedJson(task: TaskRow, table: LifecycleTable): object {
  const { id, title, state, escalation, updatedAt } = task;
  return { task: id, title, state, escalation, updatedAt, takeUp: takeUpLine(task, table) };
}
