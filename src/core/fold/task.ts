// Folds what happens to a task into its row, and from there into what is counted and indexed.

import type { Event } from "../event.ts";
import type {
  EvidenceRecorded,
  LeaseRenewed,
  TaskAssigned,
  TaskCreated,
  TaskEdited,
  TaskMoved,
  TaskPlaced,
} from "../event-bodies.ts";
import { dayOf } from "../calendar.ts";
import { NO_ESCALATION } from "../escalation.ts";
import { reserving, settling } from "../meter.ts";
import { ASSIGNMENTS_MAX } from "../remembered.ts";
import { fingerprintKey, HEAD_KEY, taskKey, templateKey, textKey } from "../rows/keys.ts";
import type { Overlay } from "../rows/overlay.ts";
import { readHead, readRow, readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import { foldCreation, foldHold } from "./actor.ts";
import { countBelow, countOpen, foldReopened, indexLease, indexReady, moveChild, toldBelow, waitFor } from "./links.ts";
import { book } from "./spending.ts";
import { foldMovedOn, foldProgress } from "./steps.ts";

const NUMBERED = /^T-(\d{1,15})$/;
const EVIDENCE_MAX = 16;

/** INVARIANT: the kernel's next T-n is above every T-n seen, so that it never meets a caller's id. */
function raiseTaskNumber(rows: Overlay, task: string): void {
  const match = NUMBERED.exec(task);
  const number = match === null ? 0 : Number(match[1]);
  const head = readHead(rows);
  if (number > head.tasks) rows.put(HEAD_KEY, { ...head, tasks: number });
}

function newTask(body: TaskCreated, at: number): TaskRow {
  return {
    kind: "task",
    id: body.task,
    title: body.title,
    taskKind: body.taskKind,
    state: body.state,
    ready: body.ready,
    ended: body.ended,
    parent: body.parent,
    root: body.root,
    originRoot: body.originRoot,
    path: body.path,
    createdBy: body.createdBy,
    origins: body.origins,
    author: body.author,
    assignee: body.assignee,
    holder: null,
    worker: null,
    fence: 0,
    attempt: 1,
    lease: null,
    escalation: NO_ESCALATION,
    priority: body.priority,
    needs: body.needs,
    blockedBy: body.blockedBy,
    openBlockers: body.openBlockers,
    limits: body.limits,
    deadlineAt: body.deadlineAt,
    causeHops: body.causeHops,
    line: body.line,
    assignments: body.assignee === null ? [] : [body.assignee],
    entries: { [body.state]: 1 },
    evidence: [],
    children: 0,
    openChildren: 0,
    descendants: 0,
    fingerprint: body.fingerprint,
    createdAt: at,
    updatedAt: at,
  };
}

function countTemplate(rows: Overlay, body: TaskCreated, at: number): void {
  if (body.author.startsWith("human:")) return;
  const key = templateKey(body.author, body.template);
  const row = readRow(rows, key, "template");
  const day = dayOf(at);
  // Told out of order: a day that is over keeps its count to itself.
  if (row !== null && row.day > day) return;
  const count = row !== null && row.day === day ? row.count + 1 : 1;
  rows.put(key, { kind: "template", day, count });
}

/** A told task may name its own descendant as parent: no line closes a circle, so it stands as a root. */
function uncircled(body: TaskCreated): TaskCreated {
  const { task, path, origins } = body;
  const root = { parent: null, root: task, originRoot: task, path: [] };
  const placed = path.includes(task) || body.parent === task ? { ...body, ...root } : body;
  return origins.includes(task) ? { ...placed, origins: [] } : placed;
}

export function foldCreated(rows: Overlay, event: Event, told: TaskCreated): void {
  const body = told.toldAt === null ? told : uncircled(told);
  const at = body.toldAt ?? event.at;
  const { count: children, open: openChildren } = toldBelow(rows, body.task);
  const row = { ...newTask(body, at), children, openChildren };
  countBelow(rows, body);
  rows.put(taskKey(body.task), row);
  waitFor(rows, body.task, [], body.blockedBy);
  indexReady(rows, null, row);
  if (body.text !== null) rows.put(textKey(body.task), { kind: "text", task: body.task, text: body.text });
  rows.put(fingerprintKey(body.fingerprint), { kind: "fingerprint", task: body.task });
  countTemplate(rows, body, at);
  if (body.toldAt === null) foldCreation(rows, body.author, at);
  raiseTaskNumber(rows, body.task);
}

/** Books the time of the lease that ends and reserves that of the one that begins. */
function bookTime(rows: Overlay, before: TaskRow, lease: TaskRow["lease"], workedMs: number, at: number): void {
  if (before.lease !== null) {
    const { scopes, since, ttlMs } = before.lease;
    book(rows, { scopes, at, since }, settling({ durationMs: ttlMs }, { durationMs: workedMs }));
  }
  if (lease !== null && lease.ttlMs > 0)
    book(rows, { scopes: lease.scopes, at, since: at }, reserving({ durationMs: lease.ttlMs }));
}

function entered({ entries }: TaskRow, { to, progress }: TaskMoved): TaskRow["entries"] {
  if (progress) return { [to]: 1 };
  return { ...entries, [to]: (Object.hasOwn(entries, to) ? (entries[to] ?? 0) : 0) + 1 };
}

function movedRow(row: TaskRow, body: TaskMoved, at: number): TaskRow {
  const newLife = body.fence !== row.fence || body.attempt !== row.attempt;
  return {
    ...row,
    state: body.to,
    ready: body.ready,
    ended: body.ended,
    assignee: body.assignee,
    holder: body.holder,
    worker: body.holder ?? row.worker,
    fence: body.fence,
    attempt: body.attempt,
    lease: body.lease,
    escalation: body.escalation,
    assignments: body.progress ? [] : row.assignments,
    entries: entered(row, body),
    evidence: newLife ? [] : row.evidence,
    updatedAt: at,
  };
}

export function foldMoved(rows: Overlay, event: Event, body: TaskMoved): void {
  const row = readTask(rows, body.task);
  if (row === null) return;
  const at = body.toldAt ?? event.at;
  const now = movedRow(row, body, at);
  rows.put(taskKey(row.id), now);
  if (row.holder !== null) foldHold(rows, row.holder, row.id, false, at);
  if (body.holder !== null) foldHold(rows, body.holder, row.id, true, at);
  bookTime(rows, row, body.lease, body.workedMs, event.at);
  if (row.lease !== null || now.lease !== null) indexLease(rows, row, now, event.at);
  indexReady(rows, row, now);
  if (row.ended !== now.ended) foldEnd(rows, now);
  foldMovedOn(rows, event, body, row);
  if (row.ended && !now.ended) foldReopened(rows, now);
}

/** Ended work waits for nobody any more; opened again it waits for whoever is open now. */
function foldEnd(rows: Overlay, now: TaskRow): void {
  countOpen(rows, now, now.ended ? -1 : 1);
  const { id, blockedBy, ended } = now;
  waitFor(rows, id, ended ? blockedBy : [], ended ? [] : blockedBy);
  if (blockedBy.length === 0) return;
  const open = ended ? [] : blockedBy.filter((blocker) => readTask(rows, blocker)?.ended === false);
  const openBlockers = open.length;
  const waiting = { ...now, openBlockers };
  rows.put(taskKey(id), waiting);
  indexReady(rows, now, waiting);
}

export function foldRenewed(rows: Overlay, event: Event, body: LeaseRenewed): void {
  const row = readTask(rows, body.task);
  if (row === null) return;
  const now = { ...row, lease: body.lease };
  rows.put(taskKey(row.id), now);
  bookTime(rows, row, body.lease, body.workedMs, event.at);
  indexLease(rows, row, now, event.at);
}

export function foldEdited(rows: Overlay, event: Event, body: TaskEdited): void {
  const row = readTask(rows, body.task);
  if (row === null) return;
  const now: TaskRow = {
    ...row,
    priority: body.priority ?? row.priority,
    needs: body.needs ?? row.needs,
    blockedBy: body.blockedBy ?? row.blockedBy,
    openBlockers: body.openBlockers,
    limits: body.limits ?? row.limits,
    deadlineAt: body.deadlineAt === 0 ? null : (body.deadlineAt ?? row.deadlineAt),
    updatedAt: event.at,
  };
  rows.put(taskKey(row.id), now);
  if (body.blockedBy !== null) waitFor(rows, row.id, row.blockedBy, body.blockedBy);
  indexReady(rows, row, now);
}

export function foldAssigned(rows: Overlay, event: Event, body: TaskAssigned): void {
  const row = readTask(rows, body.task);
  if (row === null) return;
  const { assignee, progress } = body;
  const before = progress ? [] : row.assignments;
  const assignments = assignee === null ? before : [...before, assignee].slice(-ASSIGNMENTS_MAX);
  const escalation = progress ? { ...NO_ESCALATION, parks: row.escalation.parks } : row.escalation;
  const entries = progress ? { [row.state]: 1 } : row.entries;
  const now: TaskRow = { ...row, assignee, assignments, entries, escalation, updatedAt: event.at };
  rows.put(taskKey(row.id), now);
  indexReady(rows, row, now);
}

/** A told task may name itself or its own descendant as parent; its place is then left as it was. */
export function foldPlaced(rows: Overlay, body: TaskPlaced): void {
  const row = readTask(rows, body.task);
  if (row === null || body.path.includes(body.task)) return;
  moveChild(rows, row, body.parent);
  const { parent, root, path } = body;
  const originRoot = row.originRoot === row.root ? root : row.originRoot;
  rows.put(taskKey(row.id), { ...(readTask(rows, row.id) ?? row), parent, root, originRoot, path });
  for (const below of body.below) {
    const one = readTask(rows, below.task);
    if (one !== null) rows.put(taskKey(one.id), { ...one, path: below.path });
  }
}

export function foldEvidence(rows: Overlay, body: EvidenceRecorded): void {
  const row = readTask(rows, body.task);
  if (row === null) return;
  const { what, name, passed } = body;
  const others = row.evidence.filter((one) => one.what !== what || one.name !== name);
  const evidence = [...others, { what, name, passed }].slice(-EVIDENCE_MAX);
  // What passed is progress: counts of turns without any start again.
  const progress = passed ? { assignments: [], entries: { [row.state]: 1 } } : {};
  rows.put(taskKey(row.id), { ...row, evidence, ...progress });
  if (passed) foldProgress(rows, row.id);
}
