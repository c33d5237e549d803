// A task's budget as columns: what was used, what warns, what refuses, what is left.

import type { BudgetView } from "../../kernel/index.ts";
import type { Columns } from "./table.ts";
import { amountOf, dimensionName } from "./text.ts";

/** One row a dimension, in the units people use. */
export function budgetColumns({ lines, handBackSteps }: BudgetView): Columns {
  const rows = lines.map(({ dimension, used, limit, remaining }) => {
    const shown = (value: number | null | undefined): string => (value == null ? "-" : amountOf(dimension, value));
    return [dimensionName(dimension), shown(used), shown(limit?.soft), shown(limit?.hard), shown(remaining)];
  });
  const { used, limit } = handBackSteps;
  rows.push(["hand-back steps", String(used), "-", String(limit), String(Math.max(0, limit - used))]);
  return { head: ["BUDGET", "USED", "SOFT", "HARD", "LEFT"], rows };
}
