// bounds: what a meter can count at all: sums that stay exact, and as many dimensions as its row holds. Settling is
// judged too, for a sum that is wrong helps nobody.

import type { Amounts } from "../command.ts";
import type { Context } from "../context.ts";
import { readMeter } from "../rows/read.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

/** Largest amount of one step, and largest meter. */
export const AMOUNT_MAX: number = 2 ** 40;
export const METER_MAX: number = 2 ** 50;

/** Dimensions that one meter holds, so that its row stays small whatever names are sent. */
const DIMENSIONS_MAX = 32;

function judgeMeter(scope: string, amounts: Amounts, ctx: Context): Judgement | null {
  const { used, held } = readMeter(ctx.rows, scope);
  let dimensions = -1;
  for (const dimension in amounts) {
    const amount = amounts[dimension] ?? 0;
    const usedOf = used[dimension];
    const heldOf = held[dimension];
    const sum = (usedOf?.[0] ?? 0) + (heldOf?.[0] ?? 0) + amount;
    if (amount > AMOUNT_MAX) return finding("budget.amount_too_large", { dimension, amount, limit: AMOUNT_MAX });
    if (sum > METER_MAX) return finding("budget.amount_too_large", { dimension, amount, limit: METER_MAX });
    if (usedOf !== undefined || heldOf !== undefined) continue;
    if (dimensions < 0) dimensions = new Set([...Object.keys(used), ...Object.keys(held)]).size;
    dimensions += 1;
    if (dimensions > DIMENSIONS_MAX)
      return finding("budget.too_many_dimensions", { scope, dimension, limit: DIMENSIONS_MAX });
  }
  return null;
}

export const bounds: Rule = {
  name: "bounds",
  mode: "enforce",
  fixed: true,
  on: ["step_reserved", "step_recorded", "step_settled"],
  codes: ["budget.amount_too_large", "budget.too_many_dimensions"],
  judge: (draft, ctx) => {
    if (draft.type !== "step_reserved" && draft.type !== "step_recorded" && draft.type !== "step_settled") return null;
    for (const scope of draft.body.scopes) {
      const found = judgeMeter(scope, draft.body.amounts, ctx);
      if (found !== null) return found;
    }
    return null;
  },
};
