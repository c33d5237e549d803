// run end: the life of an agent process is over. What comes in its name afterwards is refused, but for settling and
// giving back.

import { runNamed } from "../args/run-name.ts";
import type { CommandSpec } from "../args/spec.ts";
import { REASON_FLAG, submit } from "../submit.ts";

export const runEnd: CommandSpec = {
  name: "run end",
  summary: "the life of an agent process is over",
  args: [{ name: "RUN", optional: true }],
  flags: { agent: { value: "NAME", about: "whose run it is, where a human or a harness ends it" }, ...REASON_FLAG },
  examples: [
    'exec-kernel run end night-7 --agent a-1 --reason "it went in circles"',
    "EXEC_KERNEL_AGENT=a-1 EXEC_KERNEL_RUN=night-7 exec-kernel run end",
  ],
  run: async (call) => {
    const { text } = call.flags;
    return submit(call, {
      type: "end_run",
      body: { run: runNamed(call), agent: text("agent"), reason: text("reason") },
    });
  },
};
