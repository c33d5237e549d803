// wrong: a human says that a decision was wrong. It changes nothing by itself and counts against the rule.

import { decisionSequence } from "../args/ids.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { REASON_FLAG, submit } from "../submit.ts";

export const wrong: CommandSpec = {
  name: "wrong",
  summary: "count a decision against its rule; a human's",
  about: ["It lets nothing through: exec-kernel approve does. exec-kernel rules shows the counts."],
  args: [{ name: "DECISION" }],
  flags: REASON_FLAG,
  examples: ['exec-kernel wrong d-98 --reason "these were two customers"'],
  run: async (call) => {
    const decision = `d-${decisionSequence(firstArg(call), call.command)}`;
    return submit(call, { type: "mark_wrong", body: { decision, reason: call.flags.text("reason") } });
  },
};
