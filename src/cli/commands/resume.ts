// resume: ends a halt. Claims that the halt ended stay ended.

import { scopeNamed } from "../args/ids.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { REASON_FLAG, submit } from "../submit.ts";

export const resume: CommandSpec = {
  name: "resume",
  summary: "let a halted scope work again; a human's",
  args: [{ name: "SCOPE" }],
  flags: REASON_FLAG,
  examples: ['exec-kernel resume lineage/T-1 --reason "the loop is mended"'],
  run: async (call) => {
    const scope = scopeNamed(firstArg(call), call.command);
    return submit(call, { type: "resume_scope", body: { scope, reason: call.flags.text("reason") } });
  },
};
