// stall: much is done and nothing new comes of it, or a check fails in one and the same way whatever is changed. What is
// left open is the way out: to look at something that was not looked at yet.

import type { StepLimits } from "../policy.ts";
import type { JudgedCall } from "../steps/call.ts";
import { wasMade } from "../steps/loops.ts";
import type { StepMemory } from "../steps/memory.ts";
import { limitFinding, worst } from "./rule.ts";
import type { Judgement } from "./rule.ts";
import { stepRule } from "./step-rule.ts";
import type { StepRule } from "./step-rule.ts";

/** How often a failing check may be tried once more after something new was looked at. */
const INFORMED_TRIES = 3;

/** How many more looks at what was not looked at lately may bring nothing new. */
const LAST_LOOKS = 8;

function stale(memory: StepMemory, call: JudgedCall, limits: StepLimits): Judgement | null {
  const found = limitFinding("step.stalled", memory.stale + 1, limits.stale, { count: memory.stale });
  if (found === null) return null;
  const isLook = call.class === "observe" && memory.stale < limits.stale.hard + LAST_LOOKS;
  return isLook && !wasMade(memory, call) ? null : found;
}

function failing(memory: StepMemory, call: JudgedCall, limits: StepLimits): Judgement | null {
  if (call.class === "observe" || memory.failing.length === 0) return null;
  // The check that failed last: what failed before it may be older than what was done since.
  const count = memory.failing.at(-1)?.count ?? 0;
  const found = limitFinding("step.check_failing", count + 1, limits.failing, { count });
  const isTried = memory.informed && count < limits.failing.hard + INFORMED_TRIES;
  return found !== null && found.soft !== true && isTried ? null : found;
}

export const stall: StepRule = stepRule({
  name: "stall",
  mode: "observe",
  codes: ["step.stalled", "step.check_failing"],
  find: (memory, call, limits) => {
    if (call.class === "message") return null;
    return worst([failing(memory, call, limits), stale(memory, call, limits)]);
  },
});
