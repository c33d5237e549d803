// repetition: one call again and again, with one result or with errors, since anything new came.

import { failures, repeats } from "../steps/loops.ts";
import { limitFinding, worst } from "./rule.ts";
import { stepRule } from "./step-rule.ts";
import type { StepRule } from "./step-rule.ts";

export const repetition: StepRule = stepRule({
  name: "repetition",
  mode: "enforce",
  codes: ["step.repeated", "step.error_repeated"],
  find: (memory, call, limits) => {
    const count = repeats(memory, call);
    if (count === 0) return null;
    const failed = failures(memory, call);
    return worst([
      limitFinding("step.error_repeated", failed + 1, limits.errors, { count: failed }),
      limitFinding("step.repeated", count + 1, limits.repeats, { count }),
    ]);
  },
});
