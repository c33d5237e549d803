// task done: the move to done, by its shorter name.

import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { FENCE_FLAG, REASON_FLAG, submit } from "../submit.ts";

export const taskDone: CommandSpec = {
  name: "task done",
  summary: "move a task to done",
  args: [{ name: "ID" }],
  flags: { ...FENCE_FLAG, ...REASON_FLAG },
  examples: ["exec-kernel task done T-1 --fence 1"],
  run: async (call) =>
    submit(call, { type: "move_task", body: { task: firstArg(call), to: "done", reason: call.flags.text("reason") } }),
};
