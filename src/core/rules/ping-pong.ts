// ping-pong: one task that comes back to one agent again and again, without progress in between. Nobody works on it;
// everybody hands it on.
// A task that went through many hands without any is no better.

import { ASSIGNMENTS_MAX } from "../remembered.ts";
import { readTask } from "../rows/read.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const pingPong: Rule = {
  name: "ping-pong",
  mode: "enforce",
  on: ["task_assigned"],
  codes: ["lineage.ping_pong"],
  judge: (draft, ctx) => {
    if (draft.type !== "task_assigned" || ctx.fact || ctx.envelope.kind === "human") return null;
    const { task, assignee: agent } = draft.body;
    const row = readTask(ctx.rows, task);
    if (row === null || agent === null || row.assignee === agent) return null;
    const limit = ctx.policy.policy.lineage.assignmentsMax;
    const count = row.assignments.filter((one) => one === agent).length;
    if (count >= limit) return finding("lineage.ping_pong", { task, agent, count, limit });
    // No more is remembered: beyond that, ever new names would make the old ones forgotten.
    const hands = row.assignments.length;
    return hands < ASSIGNMENTS_MAX
      ? null
      : finding("lineage.ping_pong", { task, agent, hands, limit: ASSIGNMENTS_MAX });
  },
};
