// deny: a human answers a refusal with no; it waits no longer.

import { decisionSequence } from "../args/ids.ts";
import { requiredReason } from "../args/required.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { REQUIRED_REASON_FLAG, submit } from "../submit.ts";

export const deny: CommandSpec = {
  name: "deny",
  summary: "leave a refused decision refused; a human's",
  args: [{ name: "DECISION" }],
  flags: REQUIRED_REASON_FLAG,
  examples: ['exec-kernel deny d-417 --reason "split the work instead"'],
  run: async (call) => {
    const decision = `d-${decisionSequence(firstArg(call), call.command)}`;
    return submit(call, { type: "deny_request", body: { decision, reason: requiredReason(call, "it stays refused") } });
  },
};
