// The ladder of refused steps: a warning, a refusal, the end of the run, the task parked for a human. A step that is
// refused costs its caller a turn, so that refusals are counted too; what is new on the way starts the ladder anew.

import type { Context } from "./context.ts";
import type { Finding } from "./decision.ts";
import type { Draft } from "./event.ts";
import { parking } from "./lease.ts";
import { readSteps, readTask } from "./rows/read.ts";
import type { TaskRow } from "./rows/rows.ts";
import { climbsLadder } from "./rules/index.ts";
import { RUN_ENDS_AT } from "./rules/ladder.ts";
import { watchedStep } from "./rules/step-rule.ts";

export type Climbed = { readonly finding: Finding; readonly drafts: readonly Draft[] };

function endOfRun(code: string, ctx: Context): readonly Draft[] {
  const { run } = ctx.envelope;
  const reason = `${RUN_ENDS_AT} steps in a row were refused, the last by ${code}`;
  return run === null ? [] : [{ type: "run_ended", body: { run, actor: ctx.actor, reason } }];
}

function consequences(row: TaskRow, code: string, strikes: number, ctx: Context): readonly Draft[] {
  if (strikes === RUN_ENDS_AT) return endOfRun(code, ctx);
  const parked = strikes > RUN_ENDS_AT ? parking(row, code, ctx.at) : null;
  return parked === null ? [] : [parked];
}

/**
 * What refusing this step leads to, as events of the kernel's own; null where the refusal is no rung.
 * @returns the finding with how far the ladder was climbed.
 */
export function climbed(found: Finding, draft: Draft, ctx: Context): Climbed | null {
  const step = climbsLadder(found.code) ? watchedStep(draft, ctx) : null;
  const row = step === null ? null : readTask(ctx.rows, step.body.task);
  if (row === null) return null;
  const before = readSteps(ctx.rows, row.id);
  const strikes = before.strikes + 1;
  const { run } = ctx.envelope;
  // Of a run that is over: what ended it says more than that it is over.
  const by = found.code === "step.run_ended" ? (before.struckBy ?? found.code) : found.code;
  const climb: Draft = {
    type: "ladder_climbed",
    body: {
      task: row.id,
      code: by,
      strikes,
      ended: strikes === RUN_ENDS_AT ? { run, fence: row.fence } : null,
    },
  };
  const numbers = { ...found.numbers, strikes, left: Math.max(0, RUN_ENDS_AT - strikes) };
  return { finding: { code: found.code, numbers }, drafts: [climb, ...consequences(row, by, strikes, ctx)] };
}
