// circling: a few calls, each with the result it had before, round and round.

import { circles } from "../steps/loops.ts";
import type { Circle } from "../steps/loops.ts";
import type { StepLimits } from "../policy.ts";
import { limitFinding, worst } from "./rule.ts";
import type { Judgement } from "./rule.ts";
import { stepRule } from "./step-rule.ts";
import type { StepRule } from "./step-rule.ts";

/** Circles of fewer steps are walked more often by honest work: edit, look, edit, look. */
const SHORT_MAX = 3;

function judgeCircle({ period, rounds }: Circle, limits: StepLimits): Judgement | null {
  const limit = period <= SHORT_MAX ? limits.shortRounds : limits.rounds;
  return limitFinding("step.circling", rounds + 1, limit, { period, count: rounds });
}

export const circling: StepRule = stepRule({
  name: "circling",
  mode: "enforce",
  codes: ["step.circling"],
  find: (memory, call, limits) => {
    const found = circles(memory, call);
    return found.length === 0 ? null : worst(found.map((circle) => judgeCircle(circle, limits)));
  },
});
