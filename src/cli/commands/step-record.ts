// step record: books one step of work on a task, and what it used: reserve and settle in one. Calls and results are kept
// only as keyed digests.

import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { CLASS_FLAG, classOf } from "../args/step-class.ts";
import { SPENDING_FLAGS, spendingOf } from "../args/spending.ts";
import { FENCE_FLAG, submit } from "../submit.ts";

export const stepRecord: CommandSpec = {
  name: "step record",
  summary: "book one step on a task you hold",
  about: [
    "A call and its result are kept only as digests under a key of this user's: the log holds no secrets.",
    "Where it is refused nothing is booked, its cost neither: reserve and settle what must not be lost.",
  ],
  args: [{ name: "TASK" }],
  flags: {
    tool: { value: "NAME", about: "the tool that was called" },
    call: { value: "TEXT", about: "what was asked of it" },
    ...CLASS_FLAG,
    result: { value: "TEXT", about: "what came back" },
    failed: { about: "the call ended in an error" },
    ...SPENDING_FLAGS,
    "hand-back": { about: "one of the steps granted beside the limit, to write the hand-back note" },
    ...FENCE_FLAG,
  },
  examples: [
    'exec-kernel step record T-1 --tool bash --call "npm test" --result "3 failed" --failed --cost 0.02 --tokens 1800',
    "exec-kernel step record T-1 --cost 0.10 --estimated",
    "exec-kernel step record T-1 --hand-back",
  ],
  run: async (call) => {
    const { text, on } = call.flags;
    const body = {
      task: firstArg(call),
      tool: text("tool"),
      call: text("call"),
      class: classOf(call),
      result: text("result"),
      failed: on("failed") ? true : undefined,
      ...spendingOf(call.flags),
      handBack: on("hand-back") ? true : undefined,
    };
    const digests = body.call !== undefined || body.result !== undefined;
    return submit(call, { type: "record_step", body }, { digests });
  },
};
