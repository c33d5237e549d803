// step cancel: gives a reservation back before its step began; nothing is spent.

import { reservationId } from "../args/ids.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { submit } from "../submit.ts";

export const stepCancel: CommandSpec = {
  name: "step cancel",
  summary: "give a reservation back; only before the step begins",
  args: [{ name: "RESERVATION" }],
  flags: {},
  examples: ["exec-kernel step cancel r-17"],
  run: async (call) =>
    submit(call, { type: "cancel_step", body: { reservation: reservationId(firstArg(call), call.command) } }),
};
