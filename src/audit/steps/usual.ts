// What histories that nobody would have refused came to: the figures that a limit of one's own may rest on.

import type { History } from "./history.ts";
import type { StepsReport } from "./report.ts";

/** The smallest of the sorted values that at least this share of them do not pass. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

const SHARE = 0.99;

/** `priced` counts the histories whose every token had a price: only those say what a history costs. */
export function usualOf(histories: readonly History[]): StepsReport["usual"] {
  if (histories.length === 0) return null;
  const priced = histories.filter(({ own }) => own.costMicros > 0 && own.unpricedTokens === 0);
  const sorted = (of: readonly History[], dimension: "steps" | "costMicros"): readonly number[] =>
    of.map(({ own }) => own[dimension]).toSorted((a, b) => a - b);
  return {
    histories: histories.length,
    priced: priced.length,
    steps: quantile(sorted(histories, "steps"), SHARE),
    costMicros: quantile(sorted(priced, "costMicros"), SHARE),
  };
}
