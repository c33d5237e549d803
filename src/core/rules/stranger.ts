// stranger: work that nobody holds is not ended or put off by an agent it does not concern: one that neither made it nor
// holds its parent, is not meant to do it and did not do it. What waits for review may be moved by whoever reviews it.

import type { Context } from "../context.ts";
import { readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import { mayEdit } from "./editor.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

function concerns(row: TaskRow, ctx: Context): boolean {
  if (row.holder !== null || row.state === ctx.policy.policy.lifecycle.review) return true;
  return row.worker === ctx.actor || row.assignee === ctx.actor || mayEdit(row, ctx);
}

export const stranger: Rule = {
  name: "stranger",
  mode: "enforce",
  on: ["task_moved"],
  codes: ["task.stranger"],
  judge: (draft, ctx) => {
    if (draft.type !== "task_moved" || draft.body.via !== "move" || ctx.fact) return null;
    if (ctx.envelope.kind !== "agent") return null;
    const row = readTask(ctx.rows, draft.body.task);
    if (row === null || concerns(row, ctx)) return null;
    return finding("task.stranger", { task: row.id, actor: ctx.actor, to: draft.body.to });
  },
};
