// sweep: what a timer sends. It only names rows that may have fallen due; catching up does the rest, and a sweep that
// finds nothing leaves no trace.

import type { CommandSpec } from "../context.ts";
import { reservationKey, taskKey } from "../rows/keys.ts";

export const sweep: CommandSpec<"sweep"> = {
  keys: ({ body }) => [...body.tasks.map(taskKey), ...body.reservations.map(reservationKey)],
  propose: ({ body }) => {
    const found = body.tasks.length + body.reservations.length;
    return { drafts: [], code: "sweep.done", numbers: { found }, result: { found } };
  },
};
