// step reserve: asks for one step before it is made. What it may use is held in every scope above the task, so that any
// number of agents at once keep to the limit.

import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { CLASS_FLAG, classOf } from "../args/step-class.ts";
import { SPENDING_FLAGS, spendingOf } from "../args/spending.ts";
import { FENCE_FLAG, submit } from "../submit.ts";

export const stepReserve: CommandSpec = {
  name: "step reserve",
  summary: "ask for one step before it is made; prints the reservation",
  about: [
    "What it is expected to use is held until the reservation is settled or cancelled. One that is neither counts as spent when its time is over.",
  ],
  args: [{ name: "TASK" }],
  flags: {
    tool: { value: "NAME", about: "the tool that will be called" },
    call: { value: "TEXT", about: "what will be asked of it; kept as a digest" },
    ...CLASS_FLAG,
    ...SPENDING_FLAGS,
    started: { about: "it begins at once: it can be settled, not cancelled" },
    "hand-back": { about: "one of the steps granted beside the limit, to write the hand-back note" },
    ...FENCE_FLAG,
  },
  examples: [
    'exec-kernel step reserve T-1 --tool bash --call "npm test" --cost 0.05 --tokens 4000',
    "exec-kernel -q step reserve T-1 --cost 0.90 --estimated --started",
  ],
  run: async (call) => {
    const { text, on } = call.flags;
    const body = {
      task: firstArg(call),
      tool: text("tool"),
      call: text("call"),
      class: classOf(call),
      ...spendingOf(call.flags),
      started: on("started") ? true : undefined,
      handBack: on("hand-back") ? true : undefined,
    };
    return submit(call, { type: "reserve_step", body }, { digests: body.call !== undefined });
  },
};
