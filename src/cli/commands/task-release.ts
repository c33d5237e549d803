// task release: the holder gives a task back, so that another can claim it. Only a failed attempt climbs.

import { RELEASE_CAUSES } from "../../core/index.ts";
import { choiceOf } from "../args/choice.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { FENCE_FLAG, REASON_FLAG, submit } from "../submit.ts";

export const taskRelease: CommandSpec = {
  name: "task release",
  summary: "give a claimed task back",
  about: [
    "A cause of failed or crashed counts as a failed attempt: later ones go to another agent, then to the lead, then to a human.",
  ],
  args: [{ name: "ID" }],
  flags: {
    cause: { value: "CAUSE", about: `why it ends: ${RELEASE_CAUSES.join(", ")} (else given_back)` },
    ...FENCE_FLAG,
    ...REASON_FLAG,
  },
  examples: [
    'exec-kernel task release T-1 --fence 1 --reason "out of my depth"',
    "exec-kernel task release T-1 --cause rate_limited",
  ],
  run: async (call) => {
    const { text } = call.flags;
    const given = text("cause");
    const cause = given === undefined ? undefined : choiceOf("--cause", given, RELEASE_CAUSES);
    return submit(call, { type: "release_task", body: { task: firstArg(call), cause, reason: text("reason") } });
  },
};
