// editor: what is said of a task is changed by a human, or by an agent that made it, holds it, or holds its parent. An
// agent may only tighten a task's own limits, and only put a deadline forward.

import type { Context } from "../context.ts";
import type { TaskEdited } from "../event-bodies.ts";
import type { Draft } from "../event.ts";
import { readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

/** Who made it, holds it, or holds its parent. */
export function mayEdit(row: TaskRow, ctx: Context): boolean {
  if (row.author === ctx.actor || row.holder === ctx.actor) return true;
  return row.parent !== null && readTask(ctx.rows, row.parent)?.holder === ctx.actor;
}

/** The first of a task's own limits that this edit would loosen or drop. */
function loosened(row: TaskRow, { limits, deadlineAt }: TaskEdited): string | null {
  if (deadlineAt !== null && row.deadlineAt !== null && (deadlineAt === 0 || deadlineAt > row.deadlineAt))
    return "deadline";
  if (limits === null) return null;
  return Object.entries(row.limits).find(([name, limit]) => (limits[name] ?? Infinity) > limit)?.[0] ?? null;
}

function edited(row: TaskRow, body: TaskEdited): Judgement | null {
  const dimension = loosened(row, body);
  return dimension === null ? null : finding("task.limit_loosened", { task: row.id, dimension });
}

/** Below a task puts work only who made it or holds it. */
function mayPlaceBelow(parent: string, ctx: Context): boolean {
  const row = readTask(ctx.rows, parent);
  return row === null || mayEdit(row, ctx);
}

type Edit = Extract<Draft, { readonly type: "task_edited" | "task_assigned" | "task_placed" }>;

function isEdit(draft: Draft): draft is Edit {
  return draft.type === "task_edited" || draft.type === "task_assigned" || draft.type === "task_placed";
}

function judgeEdit(draft: Edit, row: TaskRow, ctx: Context): Judgement | null {
  const { actor } = ctx;
  if (!mayEdit(row, ctx)) return finding("task.not_yours", { task: row.id, actor });
  if (draft.type === "task_placed" && !mayPlaceBelow(draft.body.parent, ctx))
    return finding("task.not_yours", { task: draft.body.parent, actor });
  return draft.type === "task_edited" ? edited(row, draft.body) : null;
}

export const editor: Rule = {
  name: "editor",
  mode: "enforce",
  on: ["task_edited", "task_assigned", "task_placed"],
  codes: ["task.not_yours", "task.limit_loosened"],
  judge: (draft, ctx) => {
    if (ctx.envelope.kind !== "agent" || ctx.fact || !isEdit(draft)) return null;
    const row = readTask(ctx.rows, draft.body.task);
    return row === null ? null : judgeEdit(draft, row, ctx);
  },
};
