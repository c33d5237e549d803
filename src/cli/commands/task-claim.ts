// task claim: takes a task to work on it, or the next ready one. Of several claims at once exactly one is granted.
// Lessons of work like it are shown with the grant.

import type { LessonRow } from "../../core/index.ts";
import type { Kernel, Reply } from "../../kernel/index.ts";
import type { CommandSpec } from "../args/spec.ts";
import { withWorkspace } from "../context.ts";
import { lessonLine } from "../output/lesson-lines.ts";
import { report } from "../output/report.ts";
import type { Beside } from "../output/report.ts";
import { optionsOf } from "../submit.ts";

const SHOWN_MAX = 3;
/** Some tell nothing but their task's title. */
const LOOKED_AT = 12;

function saysSomething({ what, title, blocker, workaround }: LessonRow): boolean {
  return what !== title || blocker !== null || workaround !== null;
}

/** What was learnt from work like the one that was just claimed. */
async function lessonsFor(kernel: Kernel, { decision }: Reply): Promise<Beside> {
  const task = decision.verdict === "granted" ? decision.result?.["task"] : undefined;
  const view = task === undefined ? null : await kernel.task(String(task));
  const found = view === null ? [] : await kernel.lessons(view.task.title, LOOKED_AT);
  const lessons = found.filter(saysSomething).slice(0, SHOWN_MAX);
  return { lines: lessons.map(lessonLine), fields: lessons.length === 0 ? {} : { lessons } };
}

export const taskClaim: CommandSpec = {
  name: "task claim",
  summary: "take a task, or the next ready one; prints the fence that your writes carry",
  about: [
    "Without ID: the most urgent ready task, then the oldest, that is not blocked, not another's, and within your capabilities. An agent's claim ends without a sign of life: a step, or a heartbeat.",
  ],
  args: [{ name: "ID", optional: true }],
  flags: {},
  examples: [
    "exec-kernel task claim T-1",
    "EXEC_KERNEL_AGENT=a-1 exec-kernel task claim",
    "EXEC_KERNEL_AGENT=a-1 exec-kernel task claim T-1 --json",
  ],
  run: async (call) => {
    const options = optionsOf(call);
    const [task] = call.args;
    return withWorkspace(call, { acts: true }, async ({ kernel }) => {
      const reply = await kernel.submit({ ...options, type: "claim_task", body: { task } });
      const beside = options.dryRun === true ? undefined : await lessonsFor(kernel, reply);
      return report(call, reply, beside);
    });
  },
};
