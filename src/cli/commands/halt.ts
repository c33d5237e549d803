// halt: stops new work in a scope at once; a lineage is a tree of any size. Settling goes on: what was spent is booked.

import { scopeNamed } from "../args/ids.ts";
import { requiredReason } from "../args/required.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { haltBeside } from "../output/seen.ts";
import { REQUIRED_REASON_FLAG, submit } from "../submit.ts";

export const halt: CommandSpec = {
  name: "halt",
  summary: "stop all new work of a task, a lineage, an agent or the workspace",
  about: [
    "A lineage is the whole tree below its root. Of a task it is work on that task and new tasks right below it; what lies below already goes on, so halt a subtree by its lineage. Claims on what is halted end at once. exec-kernel halts lists what is halted.",
  ],
  args: [{ name: "SCOPE" }],
  flags: REQUIRED_REASON_FLAG,
  examples: [
    'exec-kernel halt lineage/T-1 --reason "it runs in circles"',
    'exec-kernel halt agent/a-2 --reason "wrong credentials"',
    'exec-kernel halt workspace --reason "incident"',
  ],
  run: async (call) => {
    const scope = scopeNamed(firstArg(call), call.command);
    const body = { scope, reason: requiredReason(call, "it stops") };
    return submit(call, { type: "halt_scope", body }, { aside: (kernel) => haltBeside(kernel, scope) });
  },
};
