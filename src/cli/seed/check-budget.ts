// check-budget: are these amounts within these limits? Arithmetic on the flags; what a store has metered is told by
// `budget show`.

import { DEFAULT_BUDGET, overDuration, overSteps } from "../../standalone/index.ts";
import type { Flags } from "../args/spec.ts";
import { countOf, idOf } from "./fields.ts";
import { granted, refused } from "./seed-command.ts";
import type { Answer, SeedCommand, SeedContext } from "./seed-command.ts";

const NAME = "check-budget";

const LIMIT_VARIABLES = {
  "max-steps": "EXEC_KERNEL_BUDGET_MAX_STEPS",
  "max-duration": "EXEC_KERNEL_BUDGET_MAX_DURATION_SECONDS",
} as const;

function judgeUse(task: string, flags: Flags, context: SeedContext): Answer {
  const steps = countOf(NAME, "steps", flags, 0);
  const seconds = countOf(NAME, "duration", flags, 0);
  const stepsMax = countOf(NAME, "max-steps", flags, context.maxSteps);
  const secondsMax = countOf(NAME, "max-duration", flags, context.maxDurationSeconds);
  const over = overSteps(task, steps, stepsMax) ?? overDuration(task, seconds, secondsMax);
  if (over === null) {
    const message = `${steps} steps, ${seconds}s elapsed (max ${stepsMax} steps, ${secondsMax}s)`;
    return granted("step.recorded", "OK: ", message, { task, steps, stepsMax, seconds, secondsMax });
  }
  const { budgetType, message, used, limit } = over;
  return refused(
    "budget.hard_limit",
    `EXCEEDED: [${budgetType}] `,
    message,
    {
      scope: `task/${task}`,
      dimension: budgetType,
      used,
      limit,
    },
    ["write down what is done and what is left, and stop"],
  );
}

export const checkBudget: SeedCommand = {
  name: NAME,
  summary: "are these steps and this time within the limits?",
  about: ["Over, not at, a limit is refused. Nothing is read from a store: see budget show for what a task has used."],
  args: [{ name: "TASK" }],
  flags: {
    steps: { value: "N", about: "steps taken (default 0)" },
    "max-steps": { value: "N", about: `steps allowed (default ${DEFAULT_BUDGET.maxSteps}, or budget.max_steps)` },
    duration: { value: "SECONDS", about: "time used (default 0)" },
    "max-duration": {
      value: "SECONDS",
      about: `time allowed (default ${DEFAULT_BUDGET.maxDurationSeconds}, or budget.max_duration_seconds)`,
    },
  },
  examples: [
    "exec-kernel check-budget task-1 --steps 5 --max-steps 10",
    "exec-kernel check-budget task-1 --duration 5000 --max-duration 1800 --json",
  ],
  exits: ["0 within the limits", "1 over one of them", "2 the call or the configuration is wrong"],
  needs: (flags) => {
    const limits = Object.entries(LIMIT_VARIABLES).filter(([flag]) => flags.text(flag) === undefined);
    return { variables: limits.map(([, variable]) => variable), store: false };
  },
  judge: ([task = ""], flags, context) => judgeUse(idOf(NAME, "TASK", task), flags, context),
};
