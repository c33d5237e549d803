// ping-pong: work that comes back to one agent again and again, on one task or along a chain of them, without progress
// in between. Nobody works on it; everybody hands it on.

import type { Context } from "../context.ts";
import { readTask } from "../rows/read.ts";
import type { Link } from "../rows/task-row.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

function judgeGiven(assignee: string, before: readonly string[], task: string, ctx: Context): Judgement | null {
  const limit = ctx.policy.policy.lineage.assignmentsMax;
  const count = before.filter((agent) => agent === assignee).length;
  return count < limit ? null : finding("lineage.ping_pong", { task, agent: assignee, count, limit });
}

function agentsOf(line: readonly Link[]): readonly string[] {
  return line.map(({ agent }) => agent);
}

export const pingPong: Rule = {
  name: "ping-pong",
  mode: "observe",
  on: ["task_created", "task_assigned"],
  codes: ["lineage.ping_pong"],
  judge: (draft, ctx) => {
    if (ctx.fact || ctx.envelope.kind === "human") return null;
    if (draft.type === "task_created") {
      const { assignee, line, task } = draft.body;
      return assignee === null ? null : judgeGiven(assignee, agentsOf(line), task, ctx);
    }
    if (draft.type !== "task_assigned" || draft.body.assignee === null) return null;
    const row = readTask(ctx.rows, draft.body.task);
    if (row === null || row.assignee === draft.body.assignee) return null;
    return judgeGiven(draft.body.assignee, [...row.assignments, ...agentsOf(row.line)], row.id, ctx);
  },
};
