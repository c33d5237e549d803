// run: one life of an agent process. Once it was ended, nothing new comes from it; a new life starts a new run.

import { runKey } from "../rows/keys.ts";
import { readRun } from "../rows/over.ts";
import { beginsWork } from "./asleep.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const run: Rule = {
  name: "run",
  mode: "enforce",
  fixed: true,
  on: [
    "task_created",
    "task_moved",
    "lease_renewed",
    "task_edited",
    "task_assigned",
    "task_placed",
    "step_reserved",
    "step_recorded",
  ],
  codes: ["run.ended"],
  need: (_, { envelope, actor }) => (envelope.run === null ? [] : [runKey(actor, envelope.run)]),
  judge: (draft, ctx) => {
    const { run: id } = ctx.envelope;
    if (id === null || ctx.fact) return null;
    // Giving work back, or to a reviewer, ends a turn: that is never refused.
    if (draft.type === "task_moved" && !beginsWork(draft.body, ctx)) return null;
    const row = readRun(ctx.rows, runKey(ctx.actor, id), ctx.at);
    if (row === null || row.endedAt === null) return null;
    return finding("run.ended", { run: id, agoMs: ctx.at - row.endedAt });
  },
};
