// task reopen: a human opens ended work again. Its meters are kept and its attempt goes up.

import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { REQUIRED_REASON_FLAG, submit } from "../submit.ts";
import { UsageError } from "../args/usage.ts";

export const taskReopen: CommandSpec = {
  name: "task reopen",
  summary: "open ended work again; a human's",
  args: [{ name: "ID" }],
  flags: REQUIRED_REASON_FLAG,
  examples: ['exec-kernel task reopen T-1 --reason "the fix did not hold"'],
  run: async (call) => {
    const reason = call.flags.text("reason");
    if (reason === undefined)
      throw new UsageError('--reason is missing: say why it is opened again, --reason "..."', call.command);
    return submit(call, { type: "reopen_task", body: { task: firstArg(call), reason } });
  },
};
