// Folds steps into what their task remembers of them. A row stands from the first step that says something until the
// task ends, or a human sets it going again.

import { actorName } from "../actor.ts";
import type { Event } from "../event.ts";
import type { LadderClimbed, TaskMoved } from "../event-bodies.ts";
import { stepsKey } from "../rows/keys.ts";
import type { Overlay } from "../rows/overlay.ts";
import { readRow, readSteps } from "../rows/read.ts";
import type { ReservationRow, TaskRow } from "../rows/rows.ts";
import type { SettledCall } from "../steps/call.ts";
import { movedOn, remembered, struck } from "../steps/memory.ts";
import type { StepMemory } from "../steps/memory.ts";

function keep(rows: Overlay, task: string, memory: StepMemory): void {
  rows.put(stepsKey(task), { kind: "steps", task, memory });
}

/** Whoever reserved a step took it, whoever settles it. */
export function isHumans({ actor }: ReservationRow): boolean {
  return actor.startsWith("human:");
}

/** What a human does is watched by nobody; what a human says is an answer. */
export function foldStep(rows: Overlay, task: string, step: SettledCall, byHuman: boolean): void {
  const before = readSteps(rows, task);
  if (byHuman) {
    if (step.call.class === "message") keep(rows, task, movedOn(before));
    return;
  }
  const after = remembered(before, step);
  if (after !== before) keep(rows, task, after);
}

export function foldLadder(rows: Overlay, { task, code, ended }: LadderClimbed): void {
  keep(rows, task, struck(readSteps(rows, task), code, ended));
}

/** Another hand than the worker's moved the task on, or something was proven. */
export function foldProgress(rows: Overlay, task: string): void {
  const row = readRow(rows, stepsKey(task), "steps");
  if (row !== null) keep(rows, task, movedOn(row.memory));
}

/** True where a move may change what is remembered of the steps: then that row has to be loaded. */
export function movesOn({ via, ended, progress }: TaskMoved): boolean {
  return ended || progress || via === "move";
}

export function foldMovedOn(rows: Overlay, event: Event, body: TaskMoved, before: TaskRow): void {
  if (!movesOn(body)) return;
  if (body.ended || body.progress) {
    if (readRow(rows, stepsKey(body.task), "steps") !== null) rows.delete(stepsKey(body.task));
  } else if (before.worker !== null && before.worker !== actorName(event.kind, event.actor))
    foldProgress(rows, body.task);
}
