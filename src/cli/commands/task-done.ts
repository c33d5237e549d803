// task done: the move to the state of work that is done, by its shorter name, whatever the policy's table calls it.

import { LESSON_FLAGS, lessonIn } from "../args/lesson.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { FENCE_FLAG, REASON_FLAG, submit } from "../submit.ts";

export const taskDone: CommandSpec = {
  name: "task done",
  summary: "move a task to done, or to what the policy calls it",
  args: [{ name: "ID" }],
  flags: { ...FENCE_FLAG, ...REASON_FLAG, ...LESSON_FLAGS },
  examples: [
    "exec-kernel task done T-1 --fence 1",
    'exec-kernel task done T-1 --lesson "the tests need a clean cache" --workaround "npm ci first"',
  ],
  run: async (call) => {
    const { flags } = call;
    const given = { task: firstArg(call), reason: flags.text("reason"), lesson: lessonIn(flags) };
    return submit(call, async (kernel) => {
      const { completed } = (await kernel.policy()).policy.lifecycle;
      return { type: "move_task", body: { ...given, to: completed } };
    });
  },
};
