// approve: a human lets through what was refused. A full budget is raised for a while; any other refusal is waived for
// that very request, once.

import { amountsOf } from "../args/amounts.ts";
import { decisionSequence } from "../args/ids.ts";
import { lengthMs } from "../args/lengths.ts";
import { requiredReason } from "../args/required.ts";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { withWorkspace } from "../context.ts";
import { REQUIRED_REASON_FLAG, submit } from "../submit.ts";

function tellOver({ io }: Call, decision: string): number {
  io.err.line(
    `${decision} stands in nobody's way any more: nothing was approved. the same request would not be refused for that now; let the agent ask again`,
  );
  return 1;
}

export const approve: CommandSpec = {
  name: "approve",
  summary: "let a refused decision through; a human's",
  about: [
    "A full budget is raised by --add (else a quarter of its limit). Any other refusal is waived: the same request by the same actor passes once.",
    "The request is judged again with that: what else would refuse it is told, also by --dry-run. A raise is for the scope, not for one request.",
    "exec-kernel pending lists what waits. Of two answers the first one stands.",
  ],
  args: [{ name: "DECISION" }],
  flags: {
    add: { value: "cost=10", about: "how much a full budget is raised: cost, steps, time=2h, or any name" },
    for: { value: "2h", about: "how long it holds: 30m, 2h, 1d (else 2h)" },
    ...REQUIRED_REASON_FLAG,
  },
  examples: [
    'exec-kernel approve d-417 --add cost=10 --for 2h --reason "the migration is worth it"',
    'exec-kernel approve d-98 --reason "this one may go deeper"',
  ],
  run: async (call) => {
    const { text } = call.flags;
    const decision = `d-${decisionSequence(firstArg(call), call.command)}`;
    const reason = requiredReason(call, "it may pass");
    const [add, forText] = [text("add"), text("for")];
    const body = {
      decision,
      add: add === undefined ? undefined : amountsOf("--add", add),
      forMs: forText === undefined ? undefined : lengthMs("--for", forText),
      reason,
    };
    if (await withWorkspace(call, {}, ({ kernel }) => kernel.isOver(decision))) return tellOver(call, decision);
    return submit(call, { type: "approve_request", body });
  },
};
