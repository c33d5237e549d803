// depth: how far below its root a task may lie. The oldest guard against a task that spawns itself.

import { limitFinding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const depth: Rule = {
  name: "depth",
  mode: "enforce",
  on: ["task_created", "task_placed"],
  codes: ["lineage.depth_exceeded"],
  judge: (draft, ctx) => {
    if (draft.type !== "task_created" && draft.type !== "task_placed") return null;
    const deep = draft.body.path.length;
    const numbers = { task: draft.body.task, parent: draft.body.parent ?? "", depth: deep };
    return limitFinding("lineage.depth_exceeded", deep, ctx.policy.policy.lineage.depth, numbers);
  },
};
