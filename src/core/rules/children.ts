// children and descendants: how many tasks may ever come to lie below one parent and below one root. Counted for life,
// so that ending children, or moving them elsewhere, does not open the door again.

import { readTask } from "../rows/read.ts";
import type { Context } from "../context.ts";
import { limitFinding, worst } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

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

function judgeRoot(root: string, ctx: Context): Judgement | null {
  const row = readTask(ctx.rows, root);
  if (row === null) return null;
  const { descendants: count } = row;
  const limit = ctx.policy.policy.lineage.descendants;
  return limitFinding("lineage.descendants_exceeded", count + 1, limit, { root, count });
}

export const descendants: Rule = {
  name: "descendants",
  mode: "enforce",
  on: ["task_created"],
  codes: ["lineage.descendants_exceeded"],
  judge: (draft, ctx) => {
    if (draft.type !== "task_created") return null;
    const { task, root, originRoot } = draft.body;
    // A fresh root is still counted where it was made: beginning anew resets nothing.
    const roots = [...new Set([root, originRoot])].filter((one) => one !== task);
    return worst(roots.map((one) => judgeRoot(one, ctx)));
  },
};
