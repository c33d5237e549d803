// policy show: the policy in force, as the file that would propose it.

import type { CommandSpec } from "../args/spec.ts";
import { withWorkspace } from "../context.ts";

export const policyShow: CommandSpec = {
  name: "policy show",
  summary: "the policy in force",
  about: ["It is printed as a file: edit a copy and adopt it with exec-kernel policy adopt FILE."],
  args: [],
  flags: {},
  examples: ["exec-kernel policy show", "exec-kernel policy show --json"],
  run: async (call) =>
    withWorkspace(call, {}, async ({ kernel }) => {
      const view = await kernel.policy();
      const { policy, hash, sequence, author } = view;
      if (call.globals.json) call.io.out.line(JSON.stringify(view));
      else if (call.globals.quiet) call.io.out.line(hash);
      else {
        const { explainPolicy } = await import("../../config/index.ts");
        call.io.out.line(
          `# in force since d-${sequence}, adopted by ${author}, hash ${hash}\n${explainPolicy(policy).trimEnd()}`,
        );
      }
      return 0;
    }),
};
