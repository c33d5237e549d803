// Folds what happens to actors: sleeping, waking, and the count of refusals that bounds what a runaway may write.

import type { AgentSlept, AgentWoken, Event } from "../event.ts";
import { actorName } from "../actor.ts";
import { actorKey } from "../rows/keys.ts";
import type { Overlay } from "../rows/overlay.ts";
import { readActor } from "../rows/read.ts";
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
  rows.put(actorKey(body.agent), { ...row, asleepSince: null, asleepUntil: null, sleepReason: null });
}
