// budget: what one task may use for itself. A step is checked before it is booked; other amounts were spent when they
// arrive, so they are booked and the next step refuses. Time counts from claim to leaving, by the kernel's clock.

import type { Context } from "../context.ts";
import type { StepRecorded } from "../event.ts";
import type { Limit } from "../policy.ts";
import { taskMeterKey } from "../rows/keys.ts";
import { readTask, readTaskMeter } from "../rows/read.ts";
import type { MeterRow } from "../rows/rows.ts";
import { workedMs } from "../worked.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

/** Largest amount of one step, and largest meter. */
export const AMOUNT_MAX: number = 2 ** 40;
const METER_MAX: number = 2 ** 50;

/** Dimensions that one meter holds, so that its row stays small whatever names are sent. */
const DIMENSIONS_MAX = 32;

/** True when `used` would go over the limit; exactly at it is allowed. */
export function exceeds(used: number, limit: number): boolean {
  return used > limit;
}

function tooLarge(body: StepRecorded, meter: MeterRow): Judgement | null {
  const { amounts } = body;
  let dimensions = Object.keys(meter.used).length;
  for (const dimension in amounts) {
    if (!Object.hasOwn(meter.used, dimension) && (dimensions += 1) > DIMENSIONS_MAX)
      return finding("budget.too_many_dimensions", { task: body.task, dimension, limit: DIMENSIONS_MAX });
    const amount = amounts[dimension] ?? 0;
    if (amount > AMOUNT_MAX) return finding("budget.amount_too_large", { dimension, amount, limit: AMOUNT_MAX });
    if ((meter.used[dimension] ?? 0) + amount > METER_MAX)
      return finding("budget.amount_too_large", { dimension, amount, limit: METER_MAX });
  }
  return null;
}

function handBack(task: string, meter: MeterRow, ctx: Context): Judgement | null {
  const limit = ctx.policy.policy.budget.handBackSteps;
  return exceeds(meter.handBackSteps + 1, limit)
    ? finding("budget.hand_back_spent", { task, used: meter.handBackSteps, limit })
    : null;
}

function usedNow(dimension: string, meter: MeterRow, runningMs: number): number {
  return (meter.used[dimension] ?? 0) + (dimension === "durationMs" ? runningMs : 0);
}

/** A step asks for one more step and for some of everything else: a meter that is full refuses. */
function full(dimension: string, used: number, limit: number): boolean {
  return dimension === "steps" ? exceeds(used + 1, limit) : used >= limit;
}

/** The finding for a meter that is full against `limit`; made only when there is one, for this runs at every step. */
function limitReached(
  code: "budget.hard_limit" | "budget.soft_limit",
  task: string,
  dimension: string,
  used: number,
  limit: number,
  more: Judgement["numbers"],
): Judgement {
  return finding(code, { scope: "task/" + task, dimension, used, limit, ...more });
}

/** What one step takes of a dimension. */
function takes(dimension: string, body: StepRecorded | null): number {
  if (body === null) return 0;
  return dimension === "steps" ? 1 : (body.amounts[dimension] ?? 0);
}

/** A limit that the step passes by being booked: the hard one means that the next step is refused. */
function passed(task: string, dimension: string, after: number, { soft, hard }: Limit): Judgement | null {
  if (exceeds(after, hard))
    return { ...limitReached("budget.hard_limit", task, dimension, after, hard, {}), soft: true };
  if (soft === null || !exceeds(after, soft)) return null;
  return { ...limitReached("budget.soft_limit", task, dimension, after, soft, {}), soft: true };
}

/** `body` is the step that asks; null for a claim, which asks for room and takes nothing yet. */
function judgeLimits(
  task: string,
  meter: MeterRow,
  runningMs: number,
  body: StepRecorded | null,
  ctx: Context,
): Judgement | null {
  let warning: Judgement | null = null;
  for (const [dimension, limit] of ctx.policy.taskLimits) {
    const used = usedNow(dimension, meter, runningMs);
    if (full(dimension, used, limit.hard)) {
      const handBackLeft = Math.max(0, ctx.policy.policy.budget.handBackSteps - meter.handBackSteps);
      return limitReached("budget.hard_limit", task, dimension, used, limit.hard, { handBackLeft });
    }
    const found = passed(task, dimension, used + takes(dimension, body), limit);
    if (warning === null || found?.code === "budget.hard_limit") warning = found ?? warning;
  }
  return warning;
}

export const budget: Rule = {
  name: "budget",
  mode: "enforce",
  on: ["task_moved", "step_recorded"],
  codes: [
    "budget.hard_limit",
    "budget.soft_limit",
    "budget.hand_back_spent",
    "budget.amount_too_large",
    "budget.too_many_dimensions",
  ],
  need: (draft) => (draft.type === "task_moved" ? [taskMeterKey(draft.body.task)] : []),
  judge: (draft, ctx) => {
    if (ctx.fact) return null;
    if (draft.type === "task_moved") {
      if (draft.body.via !== "claim") return null;
      return judgeLimits(draft.body.task, readTaskMeter(ctx.rows, draft.body.task), 0, null, ctx);
    }
    if (draft.type !== "step_recorded") return null;
    const { task } = draft.body;
    const meter = readTaskMeter(ctx.rows, task);
    const row = readTask(ctx.rows, task);
    const running = row === null ? 0 : workedMs(row, ctx.at);
    return (
      tooLarge(draft.body, meter) ??
      (draft.body.handBack ? handBack(task, meter, ctx) : judgeLimits(task, meter, running, draft.body, ctx))
    );
  },
};
