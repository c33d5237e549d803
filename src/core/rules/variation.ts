// variation: one shape of call with other numbers, paths and ids, and each time the same failure, sight or check.

import { variations } from "../steps/loops.ts";
import { limitFinding } from "./rule.ts";
import { stepRule } from "./step-rule.ts";
import type { StepRule } from "./step-rule.ts";

export const variation: StepRule = stepRule({
  name: "variation",
  mode: "observe",
  codes: ["step.varied"],
  find: (memory, call, limits) => {
    const count = variations(memory, call);
    return count === 0 ? null : limitFinding("step.varied", count + 1, limits.variations, { count });
  },
});
