// bounds: what a meter can count at all: sums that stay exact, and as many dimensions as its row holds. Settling is
// judged too, for a sum that is wrong helps nobody.

import type { Amounts } from "../command.ts";
import { readMeters } from "../rows/read.ts";
import type { MeterRow } from "../rows/rows.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

/** Largest amount of one step, and largest meter. */
export const AMOUNT_MAX: number = 2 ** 40;
export const METER_MAX: number = 2 ** 50;

/** Dimensions that one meter holds, so that its row stays small whatever names are sent. */
const DIMENSIONS_MAX = 32;

function judgeAmount({ used, held }: MeterRow, dimension: string, amount: number): Judgement | null {
  if (amount > AMOUNT_MAX) return finding("budget.amount_too_large", { dimension, amount, limit: AMOUNT_MAX });
  const sum = (used[dimension]?.[0] ?? 0) + (held[dimension]?.[0] ?? 0) + amount;
  return sum > METER_MAX ? finding("budget.amount_too_large", { dimension, amount, limit: METER_MAX }) : null;
}

/** Counted only where a dimension is new, for this runs at every step. */
function judgeCount({ scope, used, held }: MeterRow, fresh: readonly string[]): Judgement | null {
  const known = new Set([...Object.keys(used), ...Object.keys(held)]).size;
  const dimension = fresh[DIMENSIONS_MAX - known];
  return dimension === undefined
    ? null
    : finding("budget.too_many_dimensions", { scope, dimension, limit: DIMENSIONS_MAX });
}

function judgeMeter(meter: MeterRow, amounts: Amounts): Judgement | null {
  const fresh: string[] = [];
  for (const dimension in amounts) {
    const found = judgeAmount(meter, dimension, amounts[dimension] ?? 0);
    if (found !== null) return found;
    if (meter.used[dimension] === undefined && meter.held[dimension] === undefined) fresh.push(dimension);
  }
  return fresh.length === 0 ? null : judgeCount(meter, fresh);
}

export const bounds: Rule = {
  name: "bounds",
  mode: "enforce",
  fixed: true,
  on: ["step_reserved", "step_recorded", "step_settled"],
  codes: ["budget.amount_too_large", "budget.too_many_dimensions"],
  judge: (draft, ctx) => {
    if (draft.type !== "step_reserved" && draft.type !== "step_recorded" && draft.type !== "step_settled") return null;
    for (const meter of readMeters(ctx.rows, draft.body.scopes)) {
      const found = judgeMeter(meter, draft.body.amounts);
      if (found !== null) return found;
    }
    return null;
  },
};
