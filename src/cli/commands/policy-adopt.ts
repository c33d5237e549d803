// policy adopt: a file becomes the policy in force, once it stands in the log. A human's. What it changes is told, for
// a key that the file leaves out goes back to day one.

import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { withWorkspace } from "../context.ts";
import { changesBeside } from "../output/policy-changes.ts";
import { report } from "../output/report.ts";
import { proposedPolicy } from "../proposed-policy.ts";
import { optionsOf } from "../submit.ts";

export const policyAdopt: CommandSpec = {
  name: "policy adopt",
  summary: "put a file's policy in force; a human's",
  about: [
    "The file is the whole policy: what it leaves out goes back to day one, whatever was in force. What changes is printed, with --dry-run before anything is written. To change a few keys, edit what exec-kernel policy show prints.",
  ],
  args: [{ name: "FILE" }],
  flags: {},
  examples: ["exec-kernel policy adopt .exec-kernel.yml --dry-run", "exec-kernel policy adopt .exec-kernel.yml"],
  run: async (call) => {
    const options = optionsOf(call);
    const { policy, source, explained, readPolicy } = await proposedPolicy(call, firstArg(call));
    const { policyChanges } = await import("../../config/index.ts");
    const { dryRun, quiet, json } = call.globals;
    return withWorkspace(call, { readPolicy, acts: true }, async ({ kernel }) => {
      if (dryRun && !quiet && !json) call.io.err.line(explained.trimEnd());
      const changes = policyChanges((await kernel.policy()).policy, policy);
      const reply = await kernel.submit({ ...options, type: "adopt_policy", body: { policy, source } });
      const isGranted = reply.decision.verdict === "granted";
      return report(call, reply, isGranted ? changesBeside(changes, call.paint) : undefined);
    });
  },
};
