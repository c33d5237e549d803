// create_task: a new task, as a root or below a parent. An assignee who sleeps is woken: assignment is an outside event.

import { actorName } from "../actor.ts";
import type { CommandOf, CreateTask } from "../command.ts";
import type { CommandSpec, Context } from "../context.ts";
import type { Draft, TaskCreated } from "../event.ts";
import { actorKey, taskKey } from "../rows/keys.ts";
import { readActor, readTask } from "../rows/read.ts";
import type { Rows, TaskRow } from "../rows/rows.ts";

type Create = CommandOf<"create_task">;

/** Ancestors kept on a row: one more than the deepest limit a policy may set, so that the limit is seen to be passed. */
const PATH_MAX = 33;

/** A row's own ancestors followed by itself, cut to the nearest ones. */
export function lineBelow(ancestors: readonly string[], task: string): readonly string[] {
  const line = [...ancestors, task];
  return line.length > PATH_MAX ? line.slice(-PATH_MAX) : line;
}

function given(body: CreateTask): readonly string[] {
  const out: string[] = [];
  if (body.task !== null) out.push(taskKey(body.task));
  if (body.parent !== null) out.push(taskKey(body.parent));
  if (body.createdBy !== null) out.push(taskKey(body.createdBy));
  return out;
}

function rootOf(rows: Rows, parent: string | null): readonly string[] {
  const row = parent === null ? null : readTask(rows, parent);
  return row === null ? [] : [taskKey(row.root)];
}

function created(body: CreateTask, ctx: Context, parent: TaskRow | null, origin: TaskRow | null): TaskCreated {
  const task = body.task ?? `T-${ctx.head.tasks + 1}`;
  const state = body.state ?? ctx.policy.policy.lifecycle.initial[0] ?? "todo";
  return {
    task,
    title: body.title,
    taskKind: body.taskKind,
    text: body.text,
    state,
    parent: body.parent,
    root: parent?.root ?? task,
    path: parent === null ? [] : lineBelow(parent.path, parent.id),
    createdBy: body.createdBy,
    origins: origin === null ? [] : lineBelow(origin.origins, origin.id),
    author: ctx.actor,
    assignee: body.assignee === null ? null : actorName("agent", body.assignee),
    fingerprint: body.fingerprint,
    template: body.template,
    toldAt: null,
  };
}

function wakes(task: TaskCreated, ctx: Context): readonly Draft[] {
  const { assignee } = task;
  if (assignee === null || assignee === ctx.actor) return [];
  if (readActor(ctx.rows, assignee).asleepSince === null) return [];
  return [{ type: "agent_woken", body: { agent: assignee, cause: "assigned", reason: task.task } }];
}

export const createTask: CommandSpec<"create_task"> = {
  keys: ({ body }) => [
    ...given(body),
    ...(body.assignee === null ? [] : [actorKey(actorName("agent", body.assignee))]),
  ],
  related: ({ body }, rows) => rootOf(rows, body.parent),
  propose: ({ body }: Create, ctx) => {
    const parent = body.parent === null ? null : readTask(ctx.rows, body.parent);
    const origin = body.createdBy === null ? null : readTask(ctx.rows, body.createdBy);
    if (body.parent !== null && parent === null && body.parent !== body.task)
      return { code: "task.parent_unknown", numbers: { parent: body.parent } };
    if (body.createdBy !== null && origin === null && body.createdBy !== body.task)
      return { code: "task.parent_unknown", numbers: { parent: body.createdBy } };
    const task = created(body, ctx, parent, origin);
    const at = { task: task.task, state: task.state, depth: task.path.length };
    return {
      drafts: [{ type: "task_created", body: task }, ...wakes(task, ctx)],
      code: "task.created",
      numbers: at,
      result: at,
    };
  },
};
