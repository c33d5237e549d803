// wake: ends an agent's sleep before its time. No agent wakes itself.

import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { unseenNotes } from "../output/seen.ts";
import { REASON_FLAG, submit } from "../submit.ts";

export const wake: CommandSpec = {
  name: "wake",
  summary: "wake an agent; a human's",
  args: [{ name: "AGENT" }],
  flags: REASON_FLAG,
  examples: ['exec-kernel wake a-2 --reason "new work came in"'],
  run: async (call) => {
    const agent = firstArg(call);
    const body = { agent, reason: call.flags.text("reason") };
    return submit(
      call,
      { type: "wake_agent", body },
      {
        aside: async (kernel) => ({ lines: [], fields: {}, notes: await unseenNotes(kernel, agent) }),
      },
    );
  },
};
