// task claim: takes a task to work on it. Of several claims at once exactly one is granted.

import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { submit } from "../submit.ts";

export const taskClaim: CommandSpec = {
  name: "task claim",
  summary: "take a task; prints the fence that your writes carry",
  args: [{ name: "ID" }],
  flags: {},
  examples: ["exec-kernel task claim T-1", "EXEC_KERNEL_AGENT=a-1 exec-kernel task claim T-1 --json"],
  run: async (call) => submit(call, { type: "claim_task", body: { task: firstArg(call) } }),
};
