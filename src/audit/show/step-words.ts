// The detectors' findings in plain words, short enough for a column.

import { reason } from "../../core/index.ts";
import type { Mode, Numbers, ReasonCode } from "../../core/index.ts";

const WHAT: { readonly [C in ReasonCode]?: string } = {
  "step.repeated": "one call, one result",
  "step.error_repeated": "one failing call",
  "step.circling": "calls in a circle",
  "step.varied": "one shape of call",
  "step.stalled": "nothing new",
  "step.check_failing": "one failing check",
  "step.monologue": "words, no call",
};

/** What went on, in a few words. */
export function whatOf(code: ReasonCode): string {
  return WHAT[code] ?? reason(code).means;
}

/** What the rule says of the step, with its numbers. */
export function verdictOf(code: ReasonCode, numbers: Numbers): string {
  return reason(code).says(numbers);
}

/** What the kernel adds to the first refusal in a row: how far the ladder was climbed, and what is left of it. */
export const FIRST_RUNG = { strikes: 1, left: 2 } as const;

/** The refusal as an agent reads it, line by line. */
export function refusalLines(code: ReasonCode, numbers: Numbers): readonly string[] {
  return [`refused ${code}: ${reason(code).says(numbers)}.`, ...reason(code).next({ ...numbers, ...FIRST_RUNG })];
}

/** What stands above these lines. */
export function readHeading(mode: Mode): string {
  return mode === "enforce"
    ? "as the agent would have read it"
    : "observed: the agent would have read nothing; enforced, it would have read:";
}
