// Folds what happens to tasks into their rows, their parents' counters and their meters.

import type { Event, EventBodies, TaskCreated, TaskMoved } from "../event.ts";
import { actorKey, fingerprintKey, HEAD_KEY, taskKey, taskMeterKey, templateKey, textKey } from "../rows/keys.ts";
import type { Overlay } from "../rows/overlay.ts";
import { readActor, readHead, readTask, readTaskMeter, readTemplate } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import { dayOf } from "../rules/template.ts";

const NUMBERED = /^T-(\d{1,15})$/;

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
    parent: body.parent,
    root: body.root,
    path: body.path,
    createdBy: body.createdBy,
    origins: body.origins,
    author: body.author,
    assignee: body.assignee,
    holder: null,
    fence: 0,
    attempt: 1,
    claimedAt: null,
    children: 0,
    descendants: 0,
    createdAt: at,
    updatedAt: at,
  };
}

function countBelow(rows: Overlay, body: TaskCreated): void {
  const { parent, root } = body;
  if (parent === null) return;
  const above = readTask(rows, parent);
  if (above !== null) rows.put(taskKey(parent), { ...above, children: above.children + 1 });
  const top = readTask(rows, root);
  if (top !== null) rows.put(taskKey(root), { ...top, descendants: top.descendants + 1 });
}

function countTemplate(rows: Overlay, body: TaskCreated, at: number): void {
  if (body.author.startsWith("human:")) return;
  const row = readTemplate(rows, body.author, body.template);
  const day = dayOf(at);
  // Told out of order: a day that is over keeps its count to itself.
  if (row !== null && row.day > day) return;
  const count = row !== null && row.day === day ? row.count + 1 : 1;
  rows.put(templateKey(body.author, body.template), { kind: "template", day, count });
}

export function foldCreated(rows: Overlay, event: Event, body: TaskCreated): void {
  const at = body.toldAt ?? event.at;
  countBelow(rows, body);
  rows.put(taskKey(body.task), newTask(body, at));
  if (body.text !== null) rows.put(textKey(body.task), { kind: "text", task: body.task, text: body.text });
  rows.put(fingerprintKey(body.fingerprint), { kind: "fingerprint", task: body.task });
  countTemplate(rows, body, at);
  raiseTaskNumber(rows, body.task);
}

function countHeld(rows: Overlay, actor: string, by: number, at: number): void {
  const row = readActor(rows, actor);
  rows.put(actorKey(actor), { ...row, held: row.held + by, lastSeenAt: at });
}

export function foldMoved(rows: Overlay, event: Event, body: TaskMoved): void {
  const row = readTask(rows, body.task);
  if (row === null) return;
  const at = body.toldAt ?? event.at;
  if (row.holder !== null) countHeld(rows, row.holder, -1, at);
  if (body.holder !== null) countHeld(rows, body.holder, 1, at);
  const claimedAt = body.holder === null ? null : at;
  rows.put(taskKey(row.id), {
    ...row,
    state: body.to,
    holder: body.holder,
    fence: body.fence,
    attempt: body.attempt,
    claimedAt,
    updatedAt: at,
  });
  if (body.workedMs > 0) book(rows, body.task, { durationMs: body.workedMs }, 0);
}

export function foldPlaced(rows: Overlay, body: EventBodies["task_placed"]): void {
  const row = readTask(rows, body.task);
  if (row === null || body.path.includes(body.task)) return;
  rows.put(taskKey(row.id), { ...row, parent: body.parent, root: body.root, path: body.path });
}

/** Adds amounts to a task's meter, dimensions in binary order so that equal meters have equal bytes. */
function book(
  rows: Overlay,
  task: string,
  amounts: { readonly [dimension: string]: number },
  handBackSteps: number,
): void {
  const meter = readTaskMeter(rows, task);
  const total = new Map(Object.entries(meter.used));
  for (const [dimension, amount] of Object.entries(amounts)) total.set(dimension, (total.get(dimension) ?? 0) + amount);
  const used = Object.fromEntries([...total].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  rows.put(taskMeterKey(task), { ...meter, used, handBackSteps: meter.handBackSteps + handBackSteps });
}

export function foldStep(rows: Overlay, body: EventBodies["step_recorded"]): void {
  const steps = body.handBack ? {} : { steps: 1 };
  book(rows, body.task, { ...body.amounts, ...steps }, body.handBack ? 1 : 0);
}
