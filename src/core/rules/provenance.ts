// provenance: an agent creates only below a task it holds; roots come from a human, a system source or a named agent.

import { readTask } from "../rows/read.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const provenance: Rule = {
  name: "provenance",
  mode: "observe",
  on: ["task_created"],
  codes: ["lineage.parent_not_held", "lineage.root_not_allowed"],
  judge: (draft, ctx) => {
    if (draft.type !== "task_created" || ctx.envelope.kind !== "agent") return null;
    const { parent } = draft.body;
    const agent = ctx.actor;
    if (parent === null)
      return ctx.policy.policy.lineage.rootAgents.includes(ctx.envelope.actor)
        ? null
        : finding("lineage.root_not_allowed", { agent });
    const holder = readTask(ctx.rows, parent)?.holder ?? "";
    return holder === agent ? null : finding("lineage.parent_not_held", { agent, parent, holder });
  },
};
