// run start: one life of an agent process begins. Its commands carry the run's name from EXEC_KERNEL_RUN.

import { runNamed } from "../args/run-name.ts";
import type { CommandSpec } from "../args/spec.ts";
import { submit } from "../submit.ts";

export const runStart: CommandSpec = {
  name: "run start",
  summary: "one life of an agent process begins",
  args: [{ name: "RUN", optional: true }],
  flags: { task: { value: "ID", about: "the task that it is for" } },
  examples: [
    "exec-kernel run start night-7 --task T-1",
    "EXEC_KERNEL_AGENT=a-1 EXEC_KERNEL_RUN=night-7 exec-kernel run start",
  ],
  run: async (call) =>
    submit(call, { type: "start_run", body: { run: runNamed(call), task: call.flags.text("task") } }),
};
