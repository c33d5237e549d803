// deadline: after a task's wall-clock deadline nobody takes it up or spends on it. Unlike time worked, it passes while
// the task waits.

import { readTask } from "../rows/read.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const deadline: Rule = {
  name: "deadline",
  mode: "enforce",
  on: ["task_moved", "step_reserved", "step_recorded"],
  codes: ["task.deadline_passed"],
  judge: (draft, ctx) => {
    if (ctx.fact || (draft.type === "task_moved" && draft.body.via !== "claim")) return null;
    if (draft.type !== "task_moved" && draft.type !== "step_reserved" && draft.type !== "step_recorded") return null;
    // Handing the work back is not work on it.
    if (draft.type !== "task_moved" && draft.body.handBack) return null;
    const row = readTask(ctx.rows, draft.body.task);
    if (row?.deadlineAt == null || ctx.at < row.deadlineAt) return null;
    return finding("task.deadline_passed", { task: row.id, lateMs: ctx.at - row.deadlineAt });
  },
};
