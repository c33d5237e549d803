// monologue: a model that speaks, and speaks, and calls nothing, while nobody answers.

import { limitFinding } from "./rule.ts";
import { stepRule } from "./step-rule.ts";
import type { StepRule } from "./step-rule.ts";

export const monologue: StepRule = stepRule({
  name: "monologue",
  mode: "enforce",
  codes: ["step.monologue"],
  find: (memory, call, limits) => {
    if (call.class !== "message") return null;
    return limitFinding("step.monologue", memory.messages + 1, limits.messages, { count: memory.messages });
  },
});
