// A scope's budget as columns: what was used and is held, what warns, what refuses, what is left, and when it would be
// full at the rate of its window so far.

import type { BudgetLine, BudgetView } from "../../kernel/index.ts";
import type { Columns } from "./table.ts";
import { amountOf, dimensionName, shortDuration } from "./text.ts";

const EACH: { readonly [W in BudgetLine["window"]]: string } = {
  lifetime: "",
  hour: " an hour",
  day: " a day",
  month: " a month",
};

/** The name of what a line limits, such as `cost a day`. */
export function lineName({ dimension, window }: BudgetLine): string {
  return dimensionName(dimension) + EACH[window];
}

/** Below this share of the limit a rate says nothing yet: two steps in the first second would seem to fill a day. */
const SHARE_LEAST = 0.05;

const SECOND_MS = 1_000;

/** How long until it would be full; empty where it would not be, or too little was used to tell. */
export function fullIn({ projectedAt, remaining, used, limit, extra }: BudgetLine, now: number): string {
  if (remaining === 0) return "full";
  if (projectedAt === null || used < SHARE_LEAST * ((limit?.hard ?? 0) + extra)) return "";
  return shortDuration(Math.max(SECOND_MS, projectedAt - now));
}

/** The limit that refuses, with what a human added, such as `$12.00 +$5.00`; `-` where there is none. */
export function hardLimit({ dimension, limit, extra }: BudgetLine): string {
  if (limit === null) return "-";
  const hard = amountOf(dimension, limit.hard);
  return extra > 0 ? `${hard} +${amountOf(dimension, extra)}` : hard;
}

function cells(line: BudgetLine, now: number): readonly string[] {
  const { dimension, used, held, limit, remaining } = line;
  const shown = (value: number | null | undefined): string => (value == null ? "-" : amountOf(dimension, value));
  return [
    lineName(line),
    shown(used),
    held === 0 ? "-" : shown(held),
    shown(limit?.soft),
    hardLimit(line),
    shown(remaining),
    fullIn(line, now) || "-",
  ];
}

/** One row a dimension and window, in the units people use. */
export function budgetColumns({ lines, handBackSteps }: BudgetView, now: number): Columns {
  const rows = lines.map((line) => cells(line, now));
  if (handBackSteps !== null) {
    const { used, limit } = handBackSteps;
    const left = Math.max(0, limit - used);
    rows.push(["hand-back steps", String(used), "-", "-", String(limit), String(left), left === 0 ? "full" : "-"]);
  }
  return { head: ["BUDGET", "USED", "HELD", "SOFT", "HARD", "LEFT", "FULL IN"], rows };
}
