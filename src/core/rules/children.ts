// children and descendants: how many tasks may ever come to lie below one parent and below one root. Counted for life,
// so that ending children, or moving them elsewhere, does not open the door again.

import { readTask } from "../rows/read.ts";
import { limitFinding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const children: Rule = {
  name: "children",
  mode: "enforce",
  on: ["task_created", "task_placed"],
  codes: ["lineage.children_exceeded"],
  judge: (draft, ctx) => {
    if (draft.type !== "task_created" && draft.type !== "task_placed") return null;
    if (draft.body.parent === null) return null;
    const parent = readTask(ctx.rows, draft.body.parent);
    if (parent === null) return null;
    const numbers = { parent: parent.id, count: parent.children };
    return limitFinding("lineage.children_exceeded", parent.children + 1, ctx.policy.policy.lineage.children, numbers);
  },
};

export const descendants: Rule = {
  name: "descendants",
  mode: "enforce",
  on: ["task_created"],
  codes: ["lineage.descendants_exceeded"],
  judge: (draft, ctx) => {
    if (draft.type !== "task_created" || draft.body.parent === null) return null;
    const row = readTask(ctx.rows, draft.body.root);
    if (row === null) return null;
    const numbers = { root: row.id, count: row.descendants };
    return limitFinding(
      "lineage.descendants_exceeded",
      row.descendants + 1,
      ctx.policy.policy.lineage.descendants,
      numbers,
    );
  },
};
