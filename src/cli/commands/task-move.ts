// task move: a move along the lifecycle table. A move into the working state is a claim.

import { LESSON_FLAGS, lessonIn } from "../args/lesson.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { FENCE_FLAG, REASON_FLAG, submit } from "../submit.ts";

export const taskMove: CommandSpec = {
  name: "task move",
  summary: "move a task to another state",
  args: [{ name: "ID" }, { name: "STATE" }],
  flags: { ...FENCE_FLAG, ...REASON_FLAG, ...LESSON_FLAGS },
  examples: [
    "exec-kernel task move T-1 in_review --fence 1",
    'exec-kernel task move T-1 blocked --reason "no access to the registry" --workaround "the mirror has it"',
  ],
  run: async (call) => {
    const [, to = ""] = call.args;
    const { flags } = call;
    return submit(call, {
      type: "move_task",
      body: { task: firstArg(call), to, reason: flags.text("reason"), lesson: lessonIn(flags) },
    });
  },
};
