// bounds: what a meter can count at all: dimensions that the policy or the task limits, or that the kernel knows, so that
// nobody fills a meter with names; and holds whose sums stay exact. What is used is never refused here: it is booked, at
// most METER_MAX of it.

import type { Amounts } from "../command.ts";
import type { Context } from "../context.ts";
import type { Draft } from "../event.ts";
import { METER_MAX } from "../meter.ts";
import { taskKey } from "../rows/keys.ts";
import { readMeters, readRow } from "../rows/read.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

/** Largest amount of one step; intake refuses a larger one. */
export const AMOUNT_MAX: number = 2 ** 40;

const NOTHING: Amounts = {};

type Spending = Extract<Draft, { readonly type: "step_reserved" | "step_recorded" | "step_settled" }>;

function isSpending(draft: Draft): draft is Spending {
  return draft.type === "step_reserved" || draft.type === "step_recorded" || draft.type === "step_settled";
}

/** Each amount is one that is counted, of a dimension that is known, limited, or was when it was reserved. */
function notCounted(draft: Spending, ctx: Context): Judgement | null {
  const { task, amounts } = draft.body;
  for (const dimension in amounts) {
    const amount = amounts[dimension] ?? 0;
    if (amount > AMOUNT_MAX) return finding("budget.amount_too_large", { dimension, amount, limit: AMOUNT_MAX });
    if (ctx.policy.dimensions.has(dimension)) continue;
    if (draft.type === "step_settled" && Object.hasOwn(draft.body.reserved, dimension)) continue;
    const own = readRow(ctx.rows, taskKey(task), "task")?.limits ?? NOTHING;
    if (!Object.hasOwn(own, dimension)) return finding("budget.dimension_unknown", { dimension, task });
  }
  return null;
}

/** Holds are sums of what is asked for: they are refused where they would no longer be exact. */
function heldTooMuch({ scopes, amounts }: Spending["body"], ctx: Context): Judgement | null {
  for (const { held } of readMeters(ctx.rows, scopes))
    for (const dimension in amounts) {
      const amount = amounts[dimension] ?? 0;
      if ((held[dimension]?.[0] ?? 0) + amount > METER_MAX)
        return finding("budget.amount_too_large", { dimension, amount, limit: METER_MAX });
    }
  return null;
}

export const bounds: Rule = {
  name: "bounds",
  mode: "enforce",
  fixed: true,
  on: ["step_reserved", "step_recorded", "step_settled"],
  codes: ["budget.amount_too_large", "budget.dimension_unknown"],
  need: (draft) => (isSpending(draft) ? [taskKey(draft.body.task)] : []),
  judge: (draft, ctx) => {
    if (!isSpending(draft)) return null;
    return notCounted(draft, ctx) ?? (draft.type === "step_reserved" ? heldTooMuch(draft.body, ctx) : null);
  },
};
