// Which rows folding an event reads: they are loaded before it is judged, so that what was granted can be folded.

import type { Draft } from "../event.ts";
import type { TaskCreated, TaskMoved, TaskPlaced } from "../event-bodies.ts";
import {
  actorKey,
  childrenKey,
  dependentsKey,
  fingerprintKey,
  haltKey,
  liveKey,
  meterKey,
  meterKeys,
  reservationKey,
  ringKey,
  runKey,
  stepsKey,
  taskKey,
  templateKey,
  wrongKey,
} from "../rows/keys.ts";
import { peekRow, peekTask } from "../rows/read.ts";
import type { Rows } from "../rows/rows.ts";
import { movesOn } from "./steps.ts";
import type { Lease, TaskRow } from "../rows/task-row.ts";

function createdReads(body: TaskCreated): readonly string[] {
  const { task, parent, root, originRoot, blockedBy, author, template } = body;
  const out = [templateKey(author, template), childrenKey(task), ...blockedBy.map(dependentsKey)];
  if (parent !== null) out.push(taskKey(parent), childrenKey(parent));
  for (const top of [root, originRoot]) if (top !== task) out.push(taskKey(top));
  if (author.startsWith("agent:")) out.push(ringKey(author));
  return out;
}

function leaseReads(lease: Lease | null, into: string[]): void {
  if (lease === null) return;
  into.push(...meterKeys(lease.scopes));
  for (const scope of lease.scopes)
    if (scope.startsWith("lineage/")) into.push(liveKey(scope.slice("lineage/".length)));
}

/** An end, or a reopening, is counted by the parent and by those who wait. */
function endReads(task: string, rows: Rows, into: string[]): void {
  const parent = peekTask(rows, task)?.parent ?? null;
  if (parent !== null) into.push(taskKey(parent));
  if (parent !== null) into.push(childrenKey(parent));
  for (const blocker of peekTask(rows, task)?.blockedBy ?? []) into.push(dependentsKey(blocker), taskKey(blocker));
  into.push(dependentsKey(task));
  for (const id of peekRow(rows, dependentsKey(task), "dependents")?.ids ?? []) into.push(taskKey(id));
}

/** Work that is opened again is what copies are compared with, unless one was made meanwhile and is open. */
function copyReads(row: TaskRow | null, { ended }: TaskMoved, rows: Rows, into: string[]): void {
  if (row?.ended !== true || ended) return;
  const key = fingerprintKey(row.fingerprint);
  const latest = peekRow(rows, key, "fingerprint")?.task;
  into.push(key);
  if (latest !== undefined) into.push(taskKey(latest));
}

function movedReads(body: TaskMoved, rows: Rows): readonly string[] {
  const row = peekTask(rows, body.task);
  const out = [taskKey(body.task)];
  for (const holder of [row?.holder ?? null, body.holder]) if (holder !== null) out.push(actorKey(holder));
  leaseReads(row?.lease ?? null, out);
  leaseReads(body.lease, out);
  // A task that is made and moved by one command has no row yet: it may end at once.
  if (row === null || row.ended !== body.ended) endReads(body.task, rows, out);
  if (movesOn(body)) out.push(stepsKey(body.task));
  copyReads(row, body, rows, out);
  return out;
}

function renewedReads(task: string, lease: Lease): readonly string[] {
  const out = [taskKey(task)];
  leaseReads(lease, out);
  return out;
}

function placedReads(body: TaskPlaced, rows: Rows): readonly string[] {
  const { task, parent, below } = body;
  const old = peekTask(rows, task)?.parent ?? null;
  const out = [taskKey(task), taskKey(parent), childrenKey(parent), ...below.map((one) => taskKey(one.task))];
  return old === null ? out : [...out, taskKey(old), childrenKey(old)];
}

function expiredReads(reservation: string, rows: Rows): readonly string[] {
  const key = reservationKey(reservation);
  return [key, ...meterKeys(peekRow(rows, key, "reservation")?.scopes ?? [])];
}

function editedReads(task: string, blockedBy: readonly string[] | null, rows: Rows): readonly string[] {
  const before = blockedBy === null ? [] : (peekTask(rows, task)?.blockedBy ?? []);
  return [taskKey(task), ...[...before, ...(blockedBy ?? [])].map(dependentsKey)];
}

const NOTHING: readonly string[] = [];

/** Keys that folding this event reads, as far as the rows loaded so far tell; asked again as rows arrive. */
export function foldReads(draft: Draft, rows: Rows): readonly string[] {
  switch (draft.type) {
    case "task_created":
      return createdReads(draft.body);
    case "task_moved":
      return movedReads(draft.body, rows);
    case "lease_renewed":
      return renewedReads(draft.body.task, draft.body.lease);
    case "task_edited":
      return editedReads(draft.body.task, draft.body.blockedBy, rows);
    case "task_placed":
      return placedReads(draft.body, rows);
    case "task_assigned":
      return [taskKey(draft.body.task)];
    case "evidence_recorded":
      return [taskKey(draft.body.task), stepsKey(draft.body.task)];
    case "step_recorded":
    case "step_reserved":
    case "step_settled":
      return [...meterKeys(draft.body.scopes), stepsKey(draft.body.task)];
    case "ladder_climbed":
      return [stepsKey(draft.body.task)];
    case "step_cancelled":
      return meterKeys(draft.body.scopes);
    case "reservation_expired":
      return expiredReads(draft.body.reservation, rows);
    case "agent_registered":
    case "agent_slept":
    case "agent_woken":
      return [actorKey(draft.body.agent)];
    case "run_ended":
      return [runKey(draft.body.actor, draft.body.run)];
    case "scope_halted":
    case "scope_resumed":
      return [haltKey(draft.body.scope)];
    case "request_approved":
      return [actorKey(draft.body.actor), ...(draft.body.scope === null ? [] : [meterKey(draft.body.scope)])];
    case "decision_marked":
      return draft.body.codes.map(wrongKey);
    case "policy_adopted":
    case "incarnation_started":
    case "run_started":
    case "request_denied":
    case "lesson_learnt":
    case "fact_recorded":
    case "command_refused":
      return NOTHING;
  }
}
