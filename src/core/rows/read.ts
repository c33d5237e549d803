// Reading typed rows from a view. INVARIANT: touching a row that nobody loaded is a defect and throws, so that a
// decision can never rest on a row that was merely absent from memory.

import { actorKey, fingerprintKey, HEAD_KEY, taskKey, taskMeterKey, templateKey } from "./keys.ts";
import { Defect } from "./rows.ts";
import type { ActorRow, HeadRow, MeterRow, Row, Rows, TaskRow, TemplateRow } from "./rows.ts";

function loaded(rows: Rows, key: string): Row | null {
  const row = rows.get(key);
  if (row === undefined) throw new Defect(`row ${key} was read before it was loaded`);
  return row;
}

function wrong(key: string, row: Row): never {
  throw new Defect(`row ${key} has kind ${row.kind}`);
}

export const NEW_HEAD: HeadRow = {
  kind: "head",
  sequence: 0,
  at: 0,
  tasks: 0,
  incarnation: 0,
  policySequence: 0,
  policyHash: "",
  humanKey: null,
};

export function readHead(rows: Rows): HeadRow {
  const row = loaded(rows, HEAD_KEY);
  if (row === null) return NEW_HEAD;
  return row.kind === "head" ? row : wrong(HEAD_KEY, row);
}

export function readTask(rows: Rows, task: string): TaskRow | null {
  const row = loaded(rows, taskKey(task));
  return row === null || row.kind === "task" ? row : wrong(taskKey(task), row);
}

/** The meter of a task's own work; an all-zero one where nothing was booked yet. */
export function readTaskMeter(rows: Rows, task: string): MeterRow {
  const row = loaded(rows, taskMeterKey(task));
  if (row === null) return { kind: "meter", scope: "task/" + task, used: {}, handBackSteps: 0 };
  return row.kind === "meter" ? row : wrong(taskMeterKey(task), row);
}

/** An actor's row; a fresh one where the actor was never seen. */
export function readActor(rows: Rows, actor: string): ActorRow {
  const row = loaded(rows, actorKey(actor));
  if (row !== null) return row.kind === "actor" ? row : wrong(actorKey(actor), row);
  return {
    kind: "actor",
    actor,
    asleepSince: null,
    asleepUntil: null,
    sleepReason: null,
    held: 0,
    lastSeenAt: 0,
    refusalMinute: 0,
    refusals: 0,
  };
}

/** The id of the latest task with this fingerprint, or null. */
export function readFingerprint(rows: Rows, digest: string): string | null {
  const row = loaded(rows, fingerprintKey(digest));
  if (row === null) return null;
  return row.kind === "fingerprint" ? row.task : wrong(fingerprintKey(digest), row);
}

export function readTemplate(rows: Rows, actor: string, digest: string): TemplateRow | null {
  const key = templateKey(actor, digest);
  const row = loaded(rows, key);
  return row === null || row.kind === "template" ? row : wrong(key, row);
}
