// Reading typed rows from a view. INVARIANT: touching a row that nobody loaded is a defect and throws, so that a
// decision can never rest on a row that was merely absent from memory.

import { NO_STEPS } from "../steps/memory.ts";
import type { StepMemory } from "../steps/memory.ts";
import * as keys from "./keys.ts";
import { Defect, NO_COUNTS } from "./rows.ts";
import type { ActorRow, HaltRow, HeadRow, MeterRow, Row, Rows } from "./rows.ts";
import type { TaskRow } from "./task-row.ts";

type RowOf<K extends Row["kind"]> = Extract<Row, { readonly kind: K }>;

function isKind<K extends Row["kind"]>(row: Row, kind: K): row is RowOf<K> {
  return row.kind === kind;
}

/** The row of this kind under the key, null where there is none. */
export function readRow<K extends Row["kind"]>(rows: Rows, key: string, kind: K): RowOf<K> | null {
  const row = rows.get(key);
  if (row === undefined) throw new Defect(`row ${key} was read before it was loaded`);
  if (row === null || isKind(row, kind)) return row;
  throw new Defect(`row ${key} has kind ${row.kind}`);
}

/** The row of this kind as far as it is loaded: for finding out what else to load. */
export function peekRow<K extends Row["kind"]>(rows: Rows, key: string, kind: K): RowOf<K> | null {
  const row = rows.get(key);
  return row !== undefined && row !== null && isKind(row, kind) ? row : null;
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
  return readRow(rows, keys.HEAD_KEY, "head") ?? NEW_HEAD;
}

export function readTask(rows: Rows, task: string): TaskRow | null {
  return readRow(rows, keys.taskKey(task), "task");
}

export function peekTask(rows: Rows, task: string): TaskRow | null {
  return peekRow(rows, keys.taskKey(task), "task");
}

/** What is remembered of the steps of a task. */
export function readSteps(rows: Rows, task: string): StepMemory {
  return readRow(rows, keys.stepsKey(task), "steps")?.memory ?? NO_STEPS;
}

/** The meter of a scope; an all-zero one where nothing was booked yet. */
export function readMeter(rows: Rows, scope: string): MeterRow {
  return readRow(rows, keys.meterKey(scope), "meter") ?? newMeter(scope);
}

/** The meters of these scopes, in their order. */
export function readMeters(rows: Rows, scopes: readonly string[]): readonly MeterRow[] {
  return keys.meterKeys(scopes).map((key, index) => readRow(rows, key, "meter") ?? newMeter(scopes[index] ?? ""));
}

function newMeter(scope: string): MeterRow {
  return { kind: "meter", scope, windows: NO_COUNTS, used: {}, held: {}, handBackSteps: 0, extensions: [] };
}

/** A scope's halt; one that never was has epoch 0. */
export function readHalt(rows: Rows, scope: string): HaltRow {
  return (
    readRow(rows, keys.haltKey(scope), "halt") ?? {
      kind: "halt",
      scope,
      epoch: 0,
      halted: false,
      halts: [],
      reason: "",
      by: "",
      at: 0,
    }
  );
}

/** An actor's row; a fresh one where the actor was never seen. */
export function readActor(rows: Rows, actor: string): ActorRow {
  return readRow(rows, keys.actorKey(actor), "actor") ?? newActor(actor);
}

function newActor(actor: string): ActorRow {
  return {
    kind: "actor",
    actor,
    capabilities: null,
    asleepSince: null,
    asleepUntil: null,
    sleepReason: null,
    holds: [],
    cause: null,
    waivers: [],
    lastSeenAt: 0,
    refusalMinute: 0,
    refusals: 0,
  };
}

/** The id of the latest task with this fingerprint, or null. */
export function readFingerprint(rows: Rows, digest: string): string | null {
  return readRow(rows, keys.fingerprintKey(digest), "fingerprint")?.task ?? null;
}
