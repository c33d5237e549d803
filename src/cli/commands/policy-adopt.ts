// policy adopt: a file becomes the policy in force, once it stands in the log. A human's.

import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { proposedPolicy } from "../proposed-policy.ts";
import { submit } from "../submit.ts";

export const policyAdopt: CommandSpec = {
  name: "policy adopt",
  summary: "put a file's policy in force; a human's",
  about: [
    "What the file leaves out is as on day one. See first what it would be: exec-kernel --dry-run policy adopt FILE.",
  ],
  args: [{ name: "FILE" }],
  flags: {},
  examples: ["exec-kernel policy adopt .exec-kernel.yml --dry-run", "exec-kernel policy adopt .exec-kernel.yml"],
  run: async (call) => {
    const { policy, source, explained, readPolicy } = await proposedPolicy(call, firstArg(call));
    const { dryRun, quiet, json } = call.globals;
    if (dryRun && !quiet && !json) call.io.err.line(explained.trimEnd());
    return submit(call, { type: "adopt_policy", body: { policy, source } }, { readPolicy });
  },
};
