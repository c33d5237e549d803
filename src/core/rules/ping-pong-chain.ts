// ping-pong-chain: work that comes back to one agent along a chain of tasks, each made by the one before. Who stands above
// may have stood there for good reasons, so this one guesses, where a single task handed to and fro does not.

import type { Context } from "../context.ts";
import { readTask } from "../rows/read.ts";
import type { Link } from "../rows/task-row.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

const NOBODY_BEFORE: readonly string[] = [];

/** `own` are the agents that had this very task; where they alone are too many the other rule has the word. */
function judgeLine(
  agent: string,
  line: readonly Link[],
  own: readonly string[],
  task: string,
  ctx: Context,
): Judgement | null {
  const limit = ctx.policy.policy.lineage.assignmentsMax;
  const here = own.filter((one) => one === agent).length;
  const count = here + line.filter((link) => link.agent === agent).length;
  return here >= limit || count < limit ? null : finding("lineage.ping_pong_chain", { task, agent, count, limit });
}

export const pingPongChain: Rule = {
  name: "ping-pong-chain",
  mode: "observe",
  on: ["task_created", "task_assigned"],
  codes: ["lineage.ping_pong_chain"],
  judge: (draft, ctx) => {
    if (ctx.fact || ctx.envelope.kind === "human") return null;
    if (draft.type === "task_created") {
      const { assignee, line, task } = draft.body;
      return assignee === null ? null : judgeLine(assignee, line, NOBODY_BEFORE, task, ctx);
    }
    if (draft.type !== "task_assigned" || draft.body.assignee === null) return null;
    const row = readTask(ctx.rows, draft.body.task);
    if (row === null || row.assignee === draft.body.assignee) return null;
    return judgeLine(draft.body.assignee, row.line, row.assignments, row.id, ctx);
  },
};
