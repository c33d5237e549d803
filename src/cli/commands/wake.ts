// wake: ends an agent's sleep before its time. No agent wakes itself.

import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { REASON_FLAG, submit } from "../submit.ts";

export const wake: CommandSpec = {
  name: "wake",
  summary: "wake an agent; a human's",
  args: [{ name: "AGENT" }],
  flags: REASON_FLAG,
  examples: ['exec-kernel wake a-2 --reason "new work came in"'],
  run: async (call) =>
    submit(call, { type: "wake_agent", body: { agent: firstArg(call), reason: call.flags.text("reason") } }),
};
