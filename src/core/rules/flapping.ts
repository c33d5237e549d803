// flapping: a task that enters one state for the fourth time without progress goes round in a circle.

import { readTask } from "../rows/read.ts";
import { finding, isAsked, isClaim } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const flapping: Rule = {
  name: "flapping",
  mode: "observe",
  on: ["task_moved"],
  codes: ["lineage.flapping"],
  judge: (draft, ctx) => {
    // Giving work back ends a turn: that is never refused.
    if (!isAsked(draft, ctx) || draft.body.progress) return null;
    const row = readTask(ctx.rows, draft.body.task);
    // A claim after a failed attempt is a rung of the ladder, which has an end of its own.
    if (row === null || (isClaim(draft) && row.escalation.failures > 0)) return null;
    const { to } = draft.body;
    const limit = ctx.policy.policy.lineage.entriesMax;
    const count = row.entries[to] ?? 0;
    return count + 1 > limit ? finding("lineage.flapping", { task: row.id, to, count, limit }) : null;
  },
};
