// continuity: a fact that leaves another state than the last one seen shows a writer that goes round the kernel.

import { readTask } from "../rows/read.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const continuity: Rule = {
  name: "continuity",
  mode: "observe",
  on: ["task_moved"],
  codes: ["fact.discontinuous"],
  judge: (draft, ctx) => {
    if (draft.type !== "task_moved" || draft.body.via !== "fact") return null;
    const { task, from } = draft.body;
    const seen = readTask(ctx.rows, task)?.state ?? from;
    return seen === from ? null : finding("fact.discontinuous", { task, from, seen });
  },
};
