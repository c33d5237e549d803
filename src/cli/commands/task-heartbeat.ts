// task heartbeat: the holder's sign of life. It books the time worked and reserves a new span of it.

import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { FENCE_FLAG, submit } from "../submit.ts";

export const taskHeartbeat: CommandSpec = {
  name: "task heartbeat",
  summary: "keep a claim alive",
  about: ["Steps keep it alive too: only work that goes long without one needs heartbeats."],
  args: [{ name: "ID" }],
  flags: FENCE_FLAG,
  examples: ["exec-kernel task heartbeat T-1 --fence 1"],
  run: async (call) => submit(call, { type: "renew_lease", body: { task: firstArg(call) } }),
};
