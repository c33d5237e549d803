// Folds what happens to actors: registering, sleeping, waking, runs, and the count of refusals that bounds what a
// runaway may write.

import { actorName } from "../actor.ts";
import type { Event } from "../event.ts";
import type { AgentRegistered, AgentSlept, AgentWoken, RunEnded, RunStarted } from "../event-bodies.ts";
import { RING_MAX } from "../remembered.ts";
import { actorKey, ringKey, runKey } from "../rows/keys.ts";
import { readRun } from "../rows/over.ts";
import type { Overlay } from "../rows/overlay.ts";
import { readActor, readRow } from "../rows/read.ts";
import type { ActorRow } from "../rows/rows.ts";

const MINUTE_MS = 60_000;

/** Refusals recorded for one actor in one minute; later ones only count. */
export const REFUSALS_PER_MINUTE = 60;

/** Refusals already recorded for this actor in the minute of `at`. */
export function refusalsNow(row: ActorRow, at: number): number {
  return row.refusalMinute === Math.floor(at / MINUTE_MS) ? row.refusals : 0;
}

export function foldRefused(rows: Overlay, event: Event): void {
  const actor = actorName(event.kind, event.actor);
  const row = readActor(rows, actor);
  const refusals = refusalsNow(row, event.at) + 1;
  rows.put(actorKey(actor), {
    ...row,
    refusalMinute: Math.floor(event.at / MINUTE_MS),
    refusals,
    lastSeenAt: event.at,
  });
}

export function foldRegistered(rows: Overlay, event: Event, body: AgentRegistered): void {
  const row = readActor(rows, body.agent);
  rows.put(actorKey(body.agent), { ...row, capabilities: body.capabilities, lastSeenAt: event.at });
}

export function foldSlept(rows: Overlay, event: Event, body: AgentSlept): void {
  const row = readActor(rows, body.agent);
  rows.put(actorKey(body.agent), {
    ...row,
    asleepSince: event.at,
    asleepUntil: body.until,
    sleepReason: body.reason,
    lastSeenAt: event.at,
  });
}

export function foldWoken(rows: Overlay, body: AgentWoken): void {
  const row = readActor(rows, body.agent);
  rows.put(actorKey(body.agent), {
    ...row,
    asleepSince: null,
    asleepUntil: null,
    sleepReason: null,
    cause: body.task,
  });
}

/** The actor after it took (`by` 1) or left (`by` -1) a task. */
export function foldHold(rows: Overlay, actor: string, task: string, taken: boolean, at: number): void {
  const row = readActor(rows, actor);
  const others = row.holds.filter((id) => id !== task);
  const cause = taken ? task : row.cause;
  rows.put(actorKey(actor), { ...row, holds: taken ? [...others, task] : others, cause, lastSeenAt: at });
}

/** Remembers when an agent made a task. */
export function foldCreation(rows: Overlay, author: string, at: number): void {
  if (!author.startsWith("agent:")) return;
  const times = readRow(rows, ringKey(author), "ring")?.times ?? [];
  rows.put(ringKey(author), { kind: "ring", actor: author, times: [...times, at].slice(-RING_MAX) });
}

export function foldRunStarted(rows: Overlay, event: Event, body: RunStarted): void {
  const actor = actorName(event.kind, event.actor);
  rows.put(runKey(actor, body.run), {
    kind: "run",
    run: body.run,
    actor,
    task: body.task,
    startedAt: event.at,
    endedAt: null,
    reason: null,
  });
}

export function foldRunEnded(rows: Overlay, event: Event, body: RunEnded): void {
  const key = runKey(body.actor, body.run);
  const row = readRun(rows, key, event.at);
  if (row !== null) rows.put(key, { ...row, endedAt: event.at, reason: body.reason });
}
