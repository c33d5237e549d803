// sweep: finds what fell due (lost claims, reservations that nobody settled) and books it. The kernel does so by itself
// whenever the rows are touched; a timer that sweeps makes it happen also where nobody touches them.

import type { Actor } from "../../core/index.ts";
import type { CommandSpec } from "../args/spec.ts";
import { withWorkspace } from "../context.ts";
import { report } from "../output/report.ts";
import { optionsOf } from "../submit.ts";

/** Sweeping is the system's: whoever holds the human key starts it, an agent is refused as itself. */
const SWEEPER: Actor = { kind: "system", id: "sweep", proven: true };

export const sweep: CommandSpec = {
  name: "sweep",
  summary: "book what fell due: lost claims, forgotten reservations",
  about: ["For a timer of yours, such as cron. It changes nothing that the next command would not change too."],
  args: [],
  flags: {},
  examples: ["exec-kernel sweep", "exec-kernel -q sweep"],
  run: async (call) => {
    const options = optionsOf(call);
    return withWorkspace(call, { acts: true }, async ({ kernel }) => {
      const acting = kernel.actor?.kind === "human" ? kernel.as(SWEEPER) : kernel;
      return report(call, await acting.submit({ ...options, type: "sweep", body: {} }));
    });
  },
};
