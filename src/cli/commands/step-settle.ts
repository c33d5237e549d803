// step settle: books what a reserved step used. Never refused for a limit, a lost lease or a halt: what was spent is
// booked. The next step can be reserved in the same breath; refused, the settlement stands.

import type { RequestBodies } from "../../kernel/index.ts";
import { reservationId } from "../args/ids.ts";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { amountsIn, SPENDING_FLAGS, spendingOf } from "../args/spending.ts";
import { UsageError } from "../args/usage.ts";
import { FENCE_FLAG, submit } from "../submit.ts";

const NEXT_FLAGS = ["next-tool", "next-call", "next-cost", "next-tokens", "next-amount"] as const;

function nextOf({ flags, command }: Call): RequestBodies["reserve_step"] | undefined {
  const task = flags.text("next");
  if (task !== undefined)
    return {
      task,
      tool: flags.text("next-tool"),
      call: flags.text("next-call"),
      ...amountsIn(flags, "next-"),
      started: flags.on("next-started") ? true : undefined,
    };
  const stray = [...NEXT_FLAGS, "next-started"].find((name) => flags.on(name));
  if (stray !== undefined) throw new UsageError(`--${stray} needs --next TASK`, command);
  return undefined;
}

export const stepSettle: CommandSpec = {
  name: "step settle",
  summary: "book what a reserved step used",
  about: [
    "What was spent is booked whatever was reserved, also after a halt or a lost claim. With --next the exit code is that of the step asked for.",
  ],
  args: [{ name: "RESERVATION" }],
  flags: {
    ...SPENDING_FLAGS,
    result: { value: "TEXT", about: "what came back; kept as a digest" },
    failed: { about: "the call ended in an error" },
    next: { value: "TASK", about: "reserve the next step of this task too" },
    "next-tool": { value: "NAME", about: "the tool that will be called" },
    "next-call": { value: "TEXT", about: "what will be asked of it; kept as a digest" },
    "next-cost": { value: "USD", about: "dollars it may use" },
    "next-tokens": { value: "N", about: "tokens it may use" },
    "next-amount": { value: "NAME=N,...", about: "other dimensions it may use" },
    "next-started": { about: "it begins at once" },
    ...FENCE_FLAG,
  },
  examples: [
    'exec-kernel step settle r-17 --cost 0.03 --tokens 2100 --result "3 failed" --failed',
    'exec-kernel step settle r-17 --cost 0.03 --next T-1 --next-call "npm test" --next-cost 0.05',
  ],
  run: async (call) => {
    const { text, on } = call.flags;
    const body = {
      reservation: reservationId(firstArg(call), call.command),
      ...spendingOf(call.flags),
      result: text("result"),
      failed: on("failed") ? true : undefined,
      next: nextOf(call),
    };
    const digests = body.result !== undefined || body.next?.call !== undefined;
    return submit(call, { type: "settle_step", body }, { digests });
  },
};
