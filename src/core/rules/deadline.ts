// deadline: from a task's wall-clock deadline on nobody takes it up, spends on it or buys more time for it. Unlike time
// worked, it passes while the task waits.

import { readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import type { Draft } from "../event.ts";
import { finding, isClaim } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** How long the deadline has passed, in milliseconds; null where there is none, or it lies ahead. */
export function lateMs({ deadlineAt }: TaskRow, at: number): number | null {
  return deadlineAt === null || at < deadlineAt ? null : at - deadlineAt;
}

/** The task that is taken up or worked on. */
function taskOf(draft: Draft): string | null {
  if (draft.type === "lease_renewed") return draft.body.task;
  if (isClaim(draft)) return draft.body.task;
  // Handing the work back is not work on it.
  const isStep = draft.type === "step_reserved" || draft.type === "step_recorded";
  return isStep && !draft.body.handBack ? draft.body.task : null;
}

export const deadline: Rule = {
  name: "deadline",
  mode: "enforce",
  on: ["task_moved", "step_reserved", "step_recorded", "lease_renewed"],
  codes: ["task.deadline_passed"],
  judge: (draft, ctx) => {
    const task = ctx.fact ? null : taskOf(draft);
    const row = task === null ? null : readTask(ctx.rows, task);
    const late = row === null ? null : lateMs(row, ctx.at);
    return late === null ? null : finding("task.deadline_passed", { task: task ?? "", lateMs: late });
  },
};
