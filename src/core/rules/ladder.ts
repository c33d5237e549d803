// ladder: a run that was ended for refused steps takes no step more.

import type { Context } from "../context.ts";
import { foldReads } from "../fold/reads.ts";
import { parking } from "../lease.ts";
import { stepsKey } from "../rows/keys.ts";
import { peekRow, peekTask, readSteps, readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";
import { watchedStep } from "./step-rule.ts";

/** Refused steps in a row that end the run; the one after them parks the task. */
export const RUN_ENDS_AT = 3;

/** Where the next refusal parks the task, that has to be folded. */
function reads(task: string, ctx: Context): readonly string[] {
  const row = peekTask(ctx.rows, task);
  const strikes = peekRow(ctx.rows, stepsKey(task), "steps")?.memory.strikes ?? 0;
  const parked = row === null || strikes < RUN_ENDS_AT ? null : parking(row, "", ctx.at);
  return parked === null ? [stepsKey(task)] : [stepsKey(task), ...foldReads(parked, ctx.rows)];
}

/** Another's step says nothing of the holder's run: the lease's rule has the word. */
function isHolders(row: TaskRow, { actor, envelope }: Context): boolean {
  const isMine = row.holder === actor || (envelope.kind !== "agent" && row.holder !== null);
  return isMine && (envelope.fence === null || envelope.fence === row.fence);
}

export const ladder: Rule = {
  name: "ladder",
  mode: "enforce",
  fixed: true,
  on: ["step_reserved", "step_recorded"],
  codes: ["step.run_ended"],
  need: (draft, ctx) =>
    draft.type === "step_reserved" || draft.type === "step_recorded" ? reads(draft.body.task, ctx) : [],
  judge: (draft, ctx) => {
    const step = watchedStep(draft, ctx);
    const row = step === null ? null : readTask(ctx.rows, step.body.task);
    if (row === null || !isHolders(row, ctx)) return null;
    const { ended, strikes } = readSteps(ctx.rows, row.id);
    // Whatever name it gives itself now: a new life claims anew.
    return ended?.fence === row.fence ? finding("step.run_ended", { task: row.id, strikes }) : null;
  },
};
