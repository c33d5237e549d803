// reprocess: an id whose work ended is not created or claimed again; a human reopens it. An open id is not made twice.

import { taskKey } from "../rows/keys.ts";
import { readTask } from "../rows/read.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const reprocess: Rule = {
  name: "reprocess",
  mode: "enforce",
  fixed: true,
  on: ["task_created", "task_moved"],
  codes: ["lineage.reprocessed", "task.exists"],
  need: (draft) => (draft.type === "task_created" ? [taskKey(draft.body.task)] : []),
  judge: (draft, ctx) => {
    if (draft.type === "task_created") {
      const row = readTask(ctx.rows, draft.body.task);
      if (row === null) return null;
      const code = ctx.policy.lifecycle.terminal.has(row.state) ? "lineage.reprocessed" : "task.exists";
      return finding(code, { task: row.id, state: row.state });
    }
    if (draft.type !== "task_moved" || draft.body.via !== "claim") return null;
    const { task, from } = draft.body;
    return ctx.policy.lifecycle.terminal.has(from) ? finding("lineage.reprocessed", { task, state: from }) : null;
  },
};
