// What histories that nobody would have refused came to: the figures that a limit of one's own may rest on.

import type { Figures } from "./figures.ts";
import type { StepsReport } from "./report.ts";

const SHARE = 0.99;

/** `priced` counts the histories whose every token had a price: only those say what a history costs. */
export function usualOf({ usualSteps, usualMicros }: Figures): StepsReport["usual"] {
  if (usualSteps.length === 0) return null;
  return {
    histories: usualSteps.length,
    priced: usualMicros.length,
    steps: usualSteps.quantile(SHARE),
    costMicros: usualMicros.quantile(SHARE),
  };
}
