// task done: the move to done, by its shorter name.

import { LESSON_FLAGS, lessonIn } from "../args/lesson.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { FENCE_FLAG, REASON_FLAG, submit } from "../submit.ts";

export const taskDone: CommandSpec = {
  name: "task done",
  summary: "move a task to done",
  args: [{ name: "ID" }],
  flags: { ...FENCE_FLAG, ...REASON_FLAG, ...LESSON_FLAGS },
  examples: [
    "exec-kernel task done T-1 --fence 1",
    'exec-kernel task done T-1 --lesson "the tests need a clean cache" --workaround "npm ci first"',
  ],
  run: async (call) => {
    const { flags } = call;
    return submit(call, {
      type: "move_task",
      body: { task: firstArg(call), to: "done", reason: flags.text("reason"), lesson: lessonIn(flags) },
    });
  },
};
