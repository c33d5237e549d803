// template: titles that are equal once numbers and ids are masked, too often by one actor on one UTC day, are busywork.

import { dayOf } from "../calendar.ts";
import { templateKey } from "../rows/keys.ts";
import { readRow } from "../rows/read.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const template: Rule = {
  name: "template",
  mode: "observe",
  on: ["task_created"],
  codes: ["lineage.template_repeated"],
  need: (draft) => (draft.type === "task_created" ? [templateKey(draft.body.author, draft.body.template)] : []),
  judge: (draft, ctx) => {
    if (draft.type !== "task_created" || draft.body.author.startsWith("human:")) return null;
    const row = readRow(ctx.rows, templateKey(draft.body.author, draft.body.template), "template");
    const count = row !== null && row.day === dayOf(ctx.at) ? row.count : 0;
    const limit = ctx.policy.policy.lineage.templatesPerDay;
    return count + 1 > limit ? finding("lineage.template_repeated", { agent: draft.body.author, count, limit }) : null;
  },
};
