// sweep: finds what fell due (lost claims, reservations that nobody settled) and books it. The kernel does so by itself
// whenever the rows are touched; a timer that sweeps makes it happen also where nobody touches them.

import type { CommandSpec } from "../args/spec.ts";
import { submit } from "../submit.ts";

export const sweep: CommandSpec = {
  name: "sweep",
  summary: "book what fell due: lost claims, forgotten reservations",
  about: ["For a timer of yours, such as cron. It changes nothing that the next command would not change too."],
  args: [],
  flags: {},
  examples: ["exec-kernel sweep", "exec-kernel -q sweep"],
  run: async (call) => submit(call, { type: "sweep", body: {} }),
};
