// Follows every task through a log, by the events alone: one holder at a time, fences that only go up, no lease lost
// before its time, no work by anybody but the holder under the present fence.

import type { Event } from "../../src/core/index.ts";

type Held = { readonly holder: string | null; readonly fence: number; readonly expiresAt: number | null };

export type ClaimReport = { readonly faults: readonly string[]; readonly claims: number; readonly lost: number };

const NOBODY: Held = { holder: null, fence: 0, expiresAt: null };

function claimFault(task: string, before: Held, fence: number): string | null {
  if (before.holder !== null) return `${task} was claimed while ${before.holder} held it`;
  return fence > before.fence ? null : `${task}'s fence went from ${before.fence} to ${fence}`;
}

function lostFault(task: string, { holder, expiresAt }: Held, at: number): string | null {
  if (holder === null) return `${task} was lost by nobody`;
  return expiresAt !== null && at >= expiresAt ? null : `${task} was lost before its time`;
}

/** An agent's write to a task; humans and harnesses may step in. */
function writeFault(task: string, before: Held, { kind, actor, fence, at }: Event): string | null {
  if (kind !== "agent") return null;
  if (before.holder !== `agent:${actor}`) return `${task} was written to by ${actor}, holder is ${before.holder}`;
  if (fence !== null && fence !== before.fence) return `${task} was written to under fence ${fence}`;
  return before.expiresAt !== null && at >= before.expiresAt ? `${task} was written to when its lease was over` : null;
}

function faultOf(event: Event, before: Held): string | null {
  if (event.type === "step_recorded" || event.type === "step_reserved" || event.type === "lease_renewed")
    return writeFault(event.body.task, before, event);
  if (event.type !== "task_moved") return null;
  const { task, via, fence } = event.body;
  if (via === "claim") return claimFault(task, before, fence);
  if (via === "lost") return lostFault(task, before, event.at);
  return before.holder === null ? null : writeFault(task, before, event);
}

function after(event: Event, before: Held): Held {
  if (event.type === "lease_renewed") return { ...before, expiresAt: event.body.lease.expiresAt };
  if (event.type !== "task_moved") return before;
  const { holder, fence, lease } = event.body;
  return { holder, fence, expiresAt: lease?.expiresAt ?? null };
}

export function checkClaims(events: readonly Event[]): ClaimReport {
  const tasks = new Map<string, Held>();
  const faults: string[] = [];
  const counts = { claims: 0, lost: 0 };
  for (const event of events) {
    if (!("task" in event.body) || typeof event.body.task !== "string") continue;
    const { task } = event.body;
    const before = tasks.get(task) ?? NOBODY;
    const fault = faultOf(event, before);
    if (fault !== null) faults.push(`${event.sequence}: ${fault}`);
    if (event.type === "task_moved" && event.body.via === "claim") counts.claims += 1;
    if (event.type === "task_moved" && event.body.via === "lost") counts.lost += 1;
    tasks.set(task, after(event, before));
  }
  return { faults, ...counts };
}
