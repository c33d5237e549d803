// evolve: folds one event of the log into the rows. It never reads the policy, so the rows of a log are the same for
// ever, whatever rules come later.

import { actorName } from "./actor.ts";
import type { Event } from "./event.ts";
import type { IncarnationStarted, LessonLearnt } from "./event-bodies.ts";
import { foldRefused, foldRegistered, foldRunEnded, foldRunStarted, foldSlept, foldWoken } from "./fold/actor.ts";
import { foldApproved, foldDenied, foldHalted, foldMarked, foldResumed, foldWaived } from "./fold/human.ts";
import { foldCancelled, foldExpired, foldRecorded, foldReserved, foldSettled } from "./fold/spending.ts";
import { foldLadder } from "./fold/steps.ts";
import {
  foldAssigned,
  foldCreated,
  foldEdited,
  foldEvidence,
  foldMoved,
  foldPlaced,
  foldRenewed,
} from "./fold/task.ts";
import { commandKey, HEAD_KEY, lessonKey } from "./rows/keys.ts";
import { Overlay } from "./rows/overlay.ts";
import { REMEMBERED_MS } from "./rows/over.ts";
import { readHead } from "./rows/read.ts";
import { Defect } from "./rows/rows.ts";
import type { HeadRow, Row, Rows } from "./rows/rows.ts";

function foldPolicy(rows: Overlay, event: Extract<Event, { readonly type: "policy_adopted" }>): void {
  const head = readHead(rows);
  const humanKey = event.body.humanKey ?? head.humanKey;
  rows.put(HEAD_KEY, { ...head, policySequence: event.sequence, policyHash: event.body.hash, humanKey });
}

/** INVARIANT: it only goes up, and fences with it. */
function foldIncarnation(rows: Overlay, { incarnation }: IncarnationStarted): void {
  const head = readHead(rows);
  rows.put(HEAD_KEY, { ...head, incarnation: Math.max(head.incarnation, incarnation) });
}

function foldLesson(rows: Overlay, event: Event, body: LessonLearnt): void {
  const { sequence, at } = event;
  rows.put(lessonKey(sequence), { kind: "lesson", sequence, at, ...body });
}

function foldBody(rows: Overlay, event: Event): void {
  switch (event.type) {
    case "policy_adopted":
      return foldPolicy(rows, event);
    case "incarnation_started":
      return foldIncarnation(rows, event.body);
    case "task_created":
      return foldCreated(rows, event, event.body);
    case "task_moved":
      return foldMoved(rows, event, event.body);
    case "lease_renewed":
      return foldRenewed(rows, event, event.body);
    case "task_edited":
      return foldEdited(rows, event, event.body);
    case "task_assigned":
      return foldAssigned(rows, event, event.body);
    case "task_placed":
      return foldPlaced(rows, event.body);
    case "step_reserved":
      return foldReserved(rows, event, event.body, actorName(event.kind, event.actor));
    case "step_settled":
      return foldSettled(rows, event, event.body);
    case "step_cancelled":
      return foldCancelled(rows, event, event.body);
    case "reservation_expired":
      return foldExpired(rows, event, event.body);
    case "step_recorded":
      return foldRecorded(rows, event, event.body);
    case "ladder_climbed":
      return foldLadder(rows, event.body);
    case "evidence_recorded":
      return foldEvidence(rows, event.body);
    case "run_started":
      return foldRunStarted(rows, event, event.body);
    case "run_ended":
      return foldRunEnded(rows, event, event.body);
    case "agent_registered":
      return foldRegistered(rows, event, event.body);
    case "agent_slept":
      return foldSlept(rows, event, event.body);
    case "agent_woken":
      return foldWoken(rows, event.body);
    case "scope_halted":
      return foldHalted(rows, event, event.body);
    case "scope_resumed":
      return foldResumed(rows, event, event.body);
    case "request_approved":
      return foldApproved(rows, event, event.body);
    case "request_denied":
      return foldDenied(rows, event, event.body);
    case "decision_marked":
      return foldMarked(rows, event, event.body);
    case "lesson_learnt":
      return foldLesson(rows, event, event.body);
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
    expiresAt: event.at + REMEMBERED_MS,
  });
}

/** Folds one event into an overlay. @throws Defect as `evolve` does. */
export function evolveInto(overlay: Overlay, event: Event): void {
  const head = readHead(overlay);
  follows(head, event);
  overlay.put(HEAD_KEY, { ...head, sequence: event.sequence, at: event.at });
  foldBody(overlay, event);
  rememberGrant(overlay, event);
  if (event.decision?.verdict === "granted" && event.decision.waived !== undefined) foldWaived(overlay, event);
}

/**
 * Folds events into rows, in order.
 * @returns the changed rows by key, null where one was deleted; the view that was passed in is not touched.
 * @throws Defect when an event does not follow the head, or a row it touches was not loaded.
 */
export function evolve(rows: Rows, events: readonly Event[]): ReadonlyMap<string, Row | null> {
  const overlay = new Overlay(rows);
  for (const event of events) evolveInto(overlay, event);
  return overlay.changed;
}
