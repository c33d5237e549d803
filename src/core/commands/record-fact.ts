// record_fact: a harness tells what happened outside. It becomes the same events that a command would have caused, so
// the same rules judge it; findings are collected and nothing is refused.

import { actorName } from "../actor.ts";
import type { CommandOf, RecordFact } from "../command.ts";
import type { CommandSpec, Context } from "../context.ts";
import type { Draft } from "../event.ts";
import type { TaskCreated, TaskMoved } from "../event-bodies.ts";
import { taskKey } from "../rows/keys.ts";
import { peekTask, readTask } from "../rows/read.ts";
import type { Rows, TaskRow } from "../rows/rows.ts";
import { NO_ESCALATION } from "../escalation.ts";
import { lineBelow, linksBelow } from "./create-task.ts";
import { movedBody } from "./move-task.ts";

type Fact = CommandOf<"record_fact">;

/** The author's name where the source tells none. */
const NOBODY = "system:unknown";

const TOLD_PRIORITY = 2;

/** A told ancestor and those known above it; a told one may be unknown. */
function toldLine(above: string | null, ancestors: readonly string[] | undefined): readonly string[] {
  return above === null ? [] : lineBelow(ancestors ?? [], above);
}

function namedAgent(name: string | null): string | null {
  return name === null ? null : actorName("agent", name);
}

function createdBody(body: RecordFact, ctx: Context): TaskCreated {
  const parent = body.parent === null ? null : readTask(ctx.rows, body.parent);
  const origin = body.createdBy === null ? null : readTask(ctx.rows, body.createdBy);
  const state = body.from ?? body.to;
  const root = parent?.root ?? body.parent ?? body.task;
  return {
    task: body.task,
    title: body.title,
    taskKind: body.taskKind,
    text: null,
    state,
    parent: body.parent,
    root,
    originRoot: root,
    path: toldLine(body.parent, parent?.path),
    createdBy: body.createdBy,
    origins: toldLine(body.createdBy, origin?.origins),
    author: namedAgent(body.author) ?? NOBODY,
    assignee: namedAgent(body.assignee),
    priority: TOLD_PRIORITY,
    needs: [],
    blockedBy: [],
    openBlockers: 0,
    limits: {},
    deadlineAt: null,
    admission: null,
    causeHops: 0,
    line: linksBelow(parent ?? origin),
    fingerprint: body.fingerprint,
    template: body.template,
    // What is told is not handed out by the kernel.
    ready: false,
    ended: ctx.policy.lifecycle.terminal.has(state),
    toldAt: ctx.at,
  };
}

function moved(row: TaskRow, body: RecordFact, ctx: Context): readonly Draft[] {
  const from = body.from ?? row.state;
  if (from === body.to) return [];
  const draft = movedBody(
    row,
    { to: body.to, via: body.from === null ? "sighting" : "fact", by: "agent", reason: null },
    ctx,
  );
  return [{ type: "task_moved", body: { ...draft, from, ready: false } }];
}

/** A parent told later than the task; one already known is not placed again. */
function placed(row: TaskRow, body: RecordFact, ctx: Context): readonly Draft[] {
  if (body.parent === null || body.parent === row.parent) return [];
  const parent = readTask(ctx.rows, body.parent);
  const path = lineBelow(parent?.path ?? [], body.parent);
  return [
    {
      type: "task_placed",
      body: { task: row.id, parent: body.parent, root: parent?.root ?? body.parent, path, below: [] },
    },
  ];
}

function drafts(body: RecordFact, ctx: Context): readonly Draft[] {
  const row = readTask(ctx.rows, body.task);
  if (row !== null) return [...placed(row, body, ctx), ...moved(row, body, ctx)];
  const created = createdBody(body, ctx);
  const out: Draft[] = [{ type: "task_created", body: created }];
  if (body.from === null || body.from === body.to) return out;
  return [...out, { type: "task_moved", body: firstMove(body, ctx) }];
}

/** A history that begins in the middle: seen first in `from`, then moved. */
function firstMove(body: RecordFact, ctx: Context): TaskMoved {
  const { task, to } = body;
  return {
    task,
    from: body.from ?? to,
    to,
    via: "fact",
    by: "agent",
    holder: null,
    fence: 0,
    attempt: 1,
    lease: null,
    workedMs: 0,
    assignee: namedAgent(body.assignee),
    escalation: NO_ESCALATION,
    cause: null,
    reason: null,
    ready: false,
    ended: ctx.policy.lifecycle.terminal.has(to),
    progress: false,
    toldAt: body.occurredAt,
  };
}

function relatives(body: RecordFact, rows: Rows): readonly string[] {
  const parent = body.parent === null ? null : peekTask(rows, body.parent);
  return parent === null ? [] : [taskKey(parent.root)];
}

export const recordFact: CommandSpec<"record_fact"> = {
  keys: ({ body }) => {
    const out = [taskKey(body.task)];
    if (body.parent !== null) out.push(taskKey(body.parent));
    if (body.createdBy !== null) out.push(taskKey(body.createdBy));
    return out;
  },
  related: ({ body }, rows) => relatives(body, rows),
  propose: ({ body }: Fact, ctx) => {
    const { task, from, to, occurredAt } = body;
    return {
      drafts: [{ type: "fact_recorded", body: { task, from, to, occurredAt } }, ...drafts(body, ctx)],
      code: "fact.recorded",
      numbers: { task, to },
      result: { task, state: to },
    };
  },
};
