// create_task: a new task, as a root or below a parent. An assignee who sleeps is woken: assignment is an outside event.

import { actorName } from "../actor.ts";
import type { CommandOf, CreateTask } from "../command.ts";
import type { CommandSpec, Context } from "../context.ts";
import type { Draft } from "../event.ts";
import type { TaskCreated } from "../event-bodies.ts";
import { LINE_MAX } from "../remembered.ts";
import { actorKey, taskKey } from "../rows/keys.ts";
import { peekRow, peekTask, readActor, readTask } from "../rows/read.ts";
import type { Rows, TaskRow } from "../rows/rows.ts";
import type { Link } from "../rows/task-row.ts";

type Create = CommandOf<"create_task">;

/** Ancestors kept on a row: one more than the deepest limit a policy may set, so that the limit is seen to be passed. */
export const PATH_MAX = 33;

/** A row's own ancestors followed by itself, cut to the nearest ones. */
export function lineBelow(ancestors: readonly string[], task: string): readonly string[] {
  const line = [...ancestors, task];
  return line.length > PATH_MAX ? line.slice(-PATH_MAX) : line;
}

function linkOf(row: TaskRow): Link {
  return { agent: row.worker ?? row.assignee ?? row.author, kind: row.taskKind.trim().toLowerCase() };
}

/** Who worked above a task that this one caused, nearest last. */
export function linksBelow(cause: TaskRow | null): readonly Link[] {
  return cause === null ? [] : [...cause.line, linkOf(cause)].slice(-LINE_MAX);
}

/** What made an agent make this: the parent, the task it names, the task it works or worked on. */
type Causes = { readonly parent: TaskRow | null; readonly origin: TaskRow | null; readonly work: TaskRow | null };

function causesOf(body: CreateTask, ctx: Context): Causes {
  const parent = body.parent === null ? null : readTask(ctx.rows, body.parent);
  const origin = body.createdBy === null ? null : readTask(ctx.rows, body.createdBy);
  const cause = ctx.envelope.kind === "agent" ? readActor(ctx.rows, ctx.actor).cause : null;
  return { parent, origin, work: cause === null ? null : readTask(ctx.rows, cause) };
}

/** A parent that the author holds is the cause; else the longest way counts, so that no old shallow root shortens it. */
function hopsBelow({ parent, origin, work }: Causes, ctx: Context): number {
  if (ctx.envelope.kind !== "agent") return 0;
  if (parent?.holder === ctx.actor) return parent.causeHops + 1;
  return Math.max(...[parent, origin, work].map((row) => row?.causeHops ?? 0)) + 1;
}

/** The root that the work came from: a task of an agent's is charged to it too. A human's root begins anew. */
function originOf({ parent, origin, work }: Causes, ctx: Context): string | undefined {
  const nearest = work ?? parent ?? origin;
  return ctx.envelope.kind === "agent" ? nearest?.originRoot : parent?.originRoot;
}

function openBlockers(body: CreateTask, ctx: Context): number {
  return body.blockedBy.filter((id) => readTask(ctx.rows, id)?.ended === false).length;
}

function created(body: CreateTask, causes: Causes, ctx: Context): TaskCreated {
  const { parent, origin, work } = causes;
  const task = body.task ?? `T-${ctx.head.tasks + 1}`;
  const { table } = ctx.policy.lifecycle;
  const state = body.state ?? table.initial[0] ?? table.released;
  const root = parent?.root ?? task;
  return {
    task,
    title: body.title,
    taskKind: body.taskKind,
    text: body.text,
    state,
    parent: body.parent,
    root,
    originRoot: originOf(causes, ctx) ?? root,
    path: parent === null ? [] : lineBelow(parent.path, parent.id),
    createdBy: body.createdBy,
    origins: origin === null ? [] : lineBelow(origin.origins, origin.id),
    author: ctx.actor,
    assignee: body.assignee === null ? null : actorName("agent", body.assignee),
    priority: body.priority,
    needs: body.needs,
    blockedBy: body.blockedBy,
    openBlockers: openBlockers(body, ctx),
    limits: body.limits,
    deadlineAt: body.deadlineAt,
    admission: body.admission,
    causeHops: hopsBelow(causes, ctx),
    line: linksBelow(parent ?? origin ?? work),
    fingerprint: body.fingerprint,
    template: body.template,
    ready: state === table.released,
    ended: false,
    toldAt: null,
  };
}

/** Wakes an assignee who sleeps; what it makes next was caused by this task. */
export function wakes(task: string, assignee: string | null, ctx: Context): readonly Draft[] {
  if (assignee === null || assignee === ctx.actor) return [];
  if (readActor(ctx.rows, assignee).asleepSince === null) return [];
  return [{ type: "agent_woken", body: { agent: assignee, cause: "assigned", reason: task, task } }];
}

/** Tasks that the body names, beside the new one. */
function named(body: CreateTask): readonly string[] {
  const out = [...body.blockedBy];
  if (body.parent !== null) out.push(body.parent);
  if (body.createdBy !== null) out.push(body.createdBy);
  return out;
}

function relatives(body: CreateTask, actor: string, rows: Rows): readonly string[] {
  const out: string[] = [];
  const parent = body.parent === null ? null : peekTask(rows, body.parent);
  if (parent !== null) out.push(taskKey(parent.root));
  const cause = peekRow(rows, actorKey(actor), "actor")?.cause ?? null;
  if (cause !== null) out.push(taskKey(cause));
  return out;
}

export const createTask: CommandSpec<"create_task"> = {
  keys: ({ body }) => [
    ...(body.task === null ? [] : [taskKey(body.task)]),
    ...named(body).map(taskKey),
    ...(body.assignee === null ? [] : [actorKey(actorName("agent", body.assignee))]),
  ],
  related: ({ body, kind, actor }, rows) => relatives(body, actorName(kind, actor), rows),
  propose: ({ body }: Create, ctx) => {
    for (const id of named(body)) {
      if (id === body.task || readTask(ctx.rows, id) !== null) continue;
      return body.blockedBy.includes(id)
        ? { code: "task.unknown", numbers: { task: id } }
        : { code: "task.parent_unknown", numbers: { parent: id } };
    }
    const task = created(body, causesOf(body, ctx), ctx);
    const at = { task: task.task, state: task.state, depth: task.path.length };
    return {
      drafts: [{ type: "task_created", body: task }, ...wakes(task.task, task.assignee, ctx)],
      code: "task.created",
      numbers: at,
      result: at,
    };
  },
};
