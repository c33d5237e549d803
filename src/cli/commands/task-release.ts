// task release: the holder gives a task back, so that another can claim it.

import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { FENCE_FLAG, REASON_FLAG, submit } from "../submit.ts";

export const taskRelease: CommandSpec = {
  name: "task release",
  summary: "give a claimed task back",
  args: [{ name: "ID" }],
  flags: { ...FENCE_FLAG, ...REASON_FLAG },
  examples: ['exec-kernel task release T-1 --fence 1 --reason "out of my depth"'],
  run: async (call) =>
    submit(call, { type: "release_task", body: { task: firstArg(call), reason: call.flags.text("reason") } }),
};
