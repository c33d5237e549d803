// signature: the same agent doing the same kind of work stands too often in one line of causes: a task that feeds itself
// with a detour.

import type { Context } from "../context.ts";
import { readTask } from "../rows/read.ts";
import type { Link } from "../rows/task-row.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

function judgeLine(
  line: readonly Link[],
  agent: string,
  taskKind: string,
  task: string,
  ctx: Context,
): Judgement | null {
  const kind = taskKind.trim().toLowerCase();
  const limit = ctx.policy.policy.lineage.signaturesMax;
  const count = line.filter((link) => link.agent === agent && link.kind === kind).length;
  return count < limit ? null : finding("lineage.signature_repeated", { task, agent, kind, count, limit });
}

export const signature: Rule = {
  name: "signature",
  mode: "observe",
  on: ["task_created", "task_moved"],
  codes: ["lineage.signature_repeated"],
  judge: (draft, ctx) => {
    if (draft.type === "task_created") {
      const { assignee, line, taskKind, task } = draft.body;
      return assignee === null ? null : judgeLine(line, assignee, taskKind, task, ctx);
    }
    if (draft.type !== "task_moved" || draft.body.via !== "claim" || ctx.envelope.kind !== "agent") return null;
    const row = readTask(ctx.rows, draft.body.task);
    return row === null ? null : judgeLine(row.line, ctx.actor, row.taskKind, row.id, ctx);
  },
};
