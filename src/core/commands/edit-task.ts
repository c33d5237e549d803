// The commands that change what is said of a task: edit it, assign it, move it under another parent of its root.

import { actorName } from "../actor.ts";
import type { CommandSpec, Context, Plan } from "../context.ts";
import { isDeadLetter } from "../escalation.ts";
import type { TaskPlaced } from "../event-bodies.ts";
import { MOVED_MAX } from "../fold/links.ts";
import { actorKey, childrenKey, taskKey } from "../rows/keys.ts";
import { peekRow, readTask } from "../rows/read.ts";
import type { Rows, TaskRow } from "../rows/rows.ts";
import { lineBelow, PATH_MAX, wakes } from "./create-task.ts";
import { parentOf } from "./move-task.ts";

function openTask(task: string, ctx: Context, plan: (row: TaskRow) => Plan): Plan {
  const row = readTask(ctx.rows, task);
  if (row === null) return { code: "task.unknown", numbers: { task } };
  return row.ended ? { code: "task.ended", numbers: { task, state: row.state } } : plan(row);
}

export const editTask: CommandSpec<"edit_task"> = {
  keys: ({ body }) => [taskKey(body.task), ...(body.blockedBy ?? []).map(taskKey)],
  related: ({ body }, rows) => parentOf(body.task, rows),
  propose: ({ body }, ctx) =>
    openTask(body.task, ctx, (row) => {
      const unknown = body.blockedBy?.find((id) => readTask(ctx.rows, id) === null);
      if (unknown !== undefined) return { code: "task.unknown", numbers: { task: unknown } };
      const open = body.blockedBy?.filter((id) => readTask(ctx.rows, id)?.ended === false).length;
      const { task, priority, needs, blockedBy, limits, deadlineAt } = body;
      const openBlockers = open ?? row.openBlockers;
      return {
        drafts: [{ type: "task_edited", body: { task, priority, needs, blockedBy, openBlockers, limits, deadlineAt } }],
        code: "task.edited",
        numbers: { task },
        result: { task },
      };
    }),
};

export const assignTask: CommandSpec<"assign_task"> = {
  keys: ({ body }) => [
    taskKey(body.task),
    ...(body.assignee === null ? [] : [actorKey(actorName("agent", body.assignee))]),
  ],
  related: ({ body }, rows) => parentOf(body.task, rows),
  propose: ({ body }, ctx) =>
    openTask(body.task, ctx, (row) => {
      const task = row.id;
      const assignee = body.assignee === null ? null : actorName("agent", body.assignee);
      // A dead letter is revived by a move, expressly: to say who is to do it does not.
      const progress = ctx.envelope.kind === "human" && !isDeadLetter(row, ctx.policy.policy.escalation);
      return {
        drafts: [
          { type: "task_assigned", body: { task, assignee, reason: body.reason, progress } },
          ...wakes(task, assignee, ctx),
        ],
        code: "task.assigned",
        numbers: { task, assignee: assignee ?? "" },
        result: { task },
      };
    }),
};

/** Everything below a task that its lists of children tell, as far as they are loaded, nearest first. */
function below(task: string, rows: Rows): readonly string[] {
  const found = [task];
  for (const id of found) {
    if (found.length > MOVED_MAX + 1) break;
    found.push(...(peekRow(rows, childrenKey(id), "children")?.ids ?? []));
  }
  return found.slice(1);
}

function subtreeKeys(task: string, rows: Rows): readonly string[] {
  const ids = below(task, rows).slice(0, MOVED_MAX + 1);
  return [childrenKey(task), ...ids.flatMap((id) => [taskKey(id), childrenKey(id)])];
}

function placedBody(row: TaskRow, parent: TaskRow, ctx: Context): TaskPlaced {
  const path = lineBelow(parent.path, parent.id);
  const moved = below(row.id, ctx.rows).map((task) => {
    const old = readTask(ctx.rows, task)?.path ?? [];
    return { task, path: [...path, ...old.slice(old.indexOf(row.id))].slice(-PATH_MAX) };
  });
  return { task: row.id, parent: parent.id, root: parent.root, path, below: moved };
}

function planPlace(row: TaskRow, parent: TaskRow, ctx: Context): Plan {
  const task = row.id;
  if (row.root !== parent.root)
    return { code: "lineage.other_root", numbers: { task, root: row.root, parent: parent.id, other: parent.root } };
  if (row.parent === parent.id) return { code: "task.placed_there", numbers: { task, parent: parent.id } };
  const count = below(task, ctx.rows).length;
  if (count > MOVED_MAX) return { code: "lineage.move_too_large", numbers: { task, count, limit: MOVED_MAX } };
  return {
    drafts: [{ type: "task_placed", body: placedBody(row, parent, ctx) }],
    code: "task.placed",
    numbers: { task, parent: parent.id, depth: parent.path.length + 1 },
    result: { task, parent: parent.id },
  };
}

export const placeTask: CommandSpec<"place_task"> = {
  keys: ({ body }) => [taskKey(body.task), taskKey(body.parent)],
  related: ({ body }, rows) => [...parentOf(body.task, rows), ...parentOf(body.parent, rows)],
  beside: ({ body }, rows) => subtreeKeys(body.task, rows),
  propose: ({ body }, ctx) =>
    openTask(body.task, ctx, (row) => {
      const parent = readTask(ctx.rows, body.parent);
      return parent === null
        ? { code: "task.parent_unknown", numbers: { parent: body.parent } }
        : planPlace(row, parent, ctx);
    }),
};
