// record_step: reserve one step and settle what it used, in one command. Steps are checked before, the other amounts
// are booked as they were: what was spent is booked, and the next step refuses.

import type { CommandSpec } from "../context.ts";
import { taskKey, taskMeterKey } from "../rows/keys.ts";
import { readTask, readTaskMeter } from "../rows/read.ts";

export const recordStep: CommandSpec<"record_step"> = {
  keys: ({ body }) => [taskKey(body.task), taskMeterKey(body.task)],
  propose: ({ body }, ctx) => {
    const { task } = body;
    if (readTask(ctx.rows, task) === null) return { code: "task.unknown", numbers: { task } };
    const meter = readTaskMeter(ctx.rows, task);
    if (body.handBack) {
      const numbers = { task, steps: meter.handBackSteps + 1, limit: ctx.policy.policy.budget.handBackSteps };
      return {
        drafts: [{ type: "step_recorded", body }],
        code: "step.hand_back",
        numbers,
        result: { task, handBackSteps: numbers.steps },
      };
    }
    const steps = (meter.used["steps"] ?? 0) + 1;
    return {
      drafts: [{ type: "step_recorded", body }],
      code: "step.recorded",
      numbers: { task, steps },
      result: { task, steps },
    };
  },
};
