// Commands for tests of the core with everything usual filled in, and the rows that such tests look at. A test names
// only what it is about.

import { readMeter, readTask } from "../../src/core/index.ts";
import type { CommandBodies, MeterRow, Rows, TaskRow } from "../../src/core/index.ts";
import { newTask, step } from "./world.ts";
import type { Kinds, World } from "./world.ts";

type Bodies = CommandBodies;

export const create = (body: Partial<Bodies["create_task"]> = {}): Kinds => ({
  type: "create_task",
  body: newTask(body),
});

export const claim = (task: string): Kinds => ({ type: "claim_task", body: { task } });

export const move = (task: string, to: string, reason: string | null = null): Kinds => ({
  type: "move_task",
  body: { task, to, reason, lesson: null },
});

export const release = (task: string, cause: Bodies["release_task"]["cause"] = "given_back"): Kinds => ({
  type: "release_task",
  body: { task, cause, reason: null },
});

export const reopen = (task: string): Kinds => ({ type: "reopen_task", body: { task, reason: "again" } });

export const assign = (task: string, assignee: string | null): Kinds => ({
  type: "assign_task",
  body: { task, assignee, reason: null },
});

export const edit = (task: string, body: Partial<Bodies["edit_task"]> = {}): Kinds => ({
  type: "edit_task",
  body: { task, priority: null, needs: null, blockedBy: null, limits: null, deadlineAt: null, ...body },
});

export const place = (task: string, parent: string): Kinds => ({ type: "place_task", body: { task, parent } });

export const heartbeat = (task: string): Kinds => ({ type: "renew_lease", body: { task } });

export const record = (task: string, body: Partial<Bodies["record_step"]> = {}): Kinds => ({
  type: "record_step",
  body: step(task, body),
});

export function reserveBody(task: string, body: Partial<Bodies["reserve_step"]> = {}): Bodies["reserve_step"] {
  return { task, tool: null, call: null, amounts: {}, started: false, handBack: false, ...body };
}

export const reserve = (task: string, body: Partial<Bodies["reserve_step"]> = {}): Kinds => ({
  type: "reserve_step",
  body: reserveBody(task, body),
});

export const settle = (reservation: string, body: Partial<Bodies["settle_step"]> = {}): Kinds => ({
  type: "settle_step",
  body: { reservation, result: null, failed: false, amounts: {}, next: null, ...body },
});

export const cancel = (reservation: string): Kinds => ({ type: "cancel_step", body: { reservation } });

export const evidence = (task: string, body: Partial<Bodies["record_evidence"]> = {}): Kinds => ({
  type: "record_evidence",
  body: { task, attempt: null, of: null, what: "command", name: "npm test", passed: true, digest: null, ...body },
});

export const sleep = (agent: string, timeoutMs: number | null = null): Kinds => ({
  type: "sleep_agent",
  body: { agent, timeoutMs, reason: "no_tasks" },
});

export const halt = (scope: string): Kinds => ({ type: "halt_scope", body: { scope, reason: "it runs in circles" } });
export const resume = (scope: string): Kinds => ({ type: "resume_scope", body: { scope, reason: null } });

export const startRun = (run: string): Kinds => ({ type: "start_run", body: { run, task: null } });
export const endRun = (run: string, agent: string | null = null): Kinds => ({
  type: "end_run",
  body: { run, agent, reason: null },
});

/** The refusal that stands last in the log, as the kernel reads it there. */
export function lastRefused({ log }: World): Bodies["approve_request"]["refused"] {
  const event = log.findLast((one) => one.type === "command_refused");
  if (event?.decision == null) throw new Error("nothing was refused");
  const { sequence, decision, digest } = event;
  const { code, numbers } = decision;
  return { sequence, actor: `${event.kind}:${event.actor}`, digest: digest ?? "", code, numbers };
}

export function approve(
  refused: Bodies["approve_request"]["refused"],
  body: Partial<Bodies["approve_request"]> = {},
): Kinds {
  return { type: "approve_request", body: { refused, add: null, forMs: 7_200_000, reason: "nearly there", ...body } };
}

/** The task's row, which must be there. */
export function taskIn(rows: Rows, id: string): TaskRow {
  const row = readTask(rows, id);
  if (row === null) throw new Error(`there is no task ${id}`);
  return row;
}

/** Used and held of one dimension, each by window: lifetime, hour, day, month. */
export function countsIn(rows: Rows, scope: string, dimension: string): Pick<MeterRow["used"], "used" | "held"> {
  const { used, held } = readMeter(rows, scope);
  const nothing = [0, 0, 0, 0] as const;
  return { used: used[dimension] ?? nothing, held: held[dimension] ?? nothing };
}
