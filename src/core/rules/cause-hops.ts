// cause-hops: how many creations and wakes in a row one human or timer event may cause. It catches agents that hand each
// other work across fresh roots, where no tree shows it.

import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const causeHops: Rule = {
  name: "cause-hops",
  mode: "enforce",
  on: ["task_created"],
  codes: ["lineage.cause_hops_exceeded"],
  judge: (draft, ctx) => {
    if (draft.type !== "task_created" || ctx.fact) return null;
    const limit = ctx.policy.policy.lineage.causeHopsMax;
    const { causeHops: hops, task } = draft.body;
    return hops > limit ? finding("lineage.cause_hops_exceeded", { task, hops, limit }) : null;
  },
};
