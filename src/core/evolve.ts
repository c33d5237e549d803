// evolve: folds one event of the log into the rows. It never reads the policy, so the rows of a log are the same for
// ever, whatever rules come later.

import { actorName } from "./actor.ts";
import type { Event } from "./event.ts";
import { foldRefused, foldSlept, foldWoken } from "./fold/actor.ts";
import { foldCreated, foldMoved, foldPlaced, foldStep } from "./fold/task.ts";
import { commandKey, HEAD_KEY } from "./rows/keys.ts";
import { Overlay } from "./rows/overlay.ts";
import { readHead } from "./rows/read.ts";
import { Defect } from "./rows/rows.ts";
import type { HeadRow, Row, Rows } from "./rows/rows.ts";

/** How long a grant is remembered for a repeated command id. */
export const IDEMPOTENCY_MS: number = 7 * 86_400_000;

function foldBody(rows: Overlay, event: Event): void {
  switch (event.type) {
    case "policy_adopted": {
      const head = readHead(rows);
      const humanKey = event.body.humanKey ?? head.humanKey;
      return rows.put(HEAD_KEY, { ...head, policySequence: event.sequence, policyHash: event.body.hash, humanKey });
    }
    case "task_created":
      return foldCreated(rows, event, event.body);
    case "task_moved":
      return foldMoved(rows, event, event.body);
    case "task_placed":
      return foldPlaced(rows, event.body);
    case "step_recorded":
      return foldStep(rows, event.body);
    case "agent_slept":
      return foldSlept(rows, event, event.body);
    case "agent_woken":
      return foldWoken(rows, event.body);
    case "command_refused":
      return foldRefused(rows, event);
    case "fact_recorded":
      return undefined;
  }
}

/** INVARIANT: sequences are gap-free and time never goes back. */
function follows(head: HeadRow, event: Event): void {
  if (event.sequence !== head.sequence + 1)
    throw new Defect(`event ${event.sequence} does not follow ${head.sequence}`);
  if (event.at < head.at) throw new Defect(`event ${event.sequence} lies before its predecessor in time`);
}

function rememberGrant(rows: Overlay, event: Event): void {
  if (event.decision?.verdict !== "granted" || event.digest === null) return;
  const { sequence, digest } = event;
  rows.put(commandKey(actorName(event.kind, event.actor), event.commandId), {
    kind: "command",
    sequence,
    digest,
    expiresAt: event.at + IDEMPOTENCY_MS,
  });
}

/**
 * Folds events into rows, in order.
 * @returns the changed rows by key; the view that was passed in is not touched.
 * @throws Defect when an event does not follow the head, or a row it touches was not loaded.
 */
export function evolve(rows: Rows, events: readonly Event[]): ReadonlyMap<string, Row> {
  const overlay = new Overlay(rows);
  for (const event of events) {
    const head = readHead(overlay);
    follows(head, event);
    overlay.put(HEAD_KEY, { ...head, sequence: event.sequence, at: event.at });
    foldBody(overlay, event);
    rememberGrant(overlay, event);
  }
  return overlay.changed;
}
