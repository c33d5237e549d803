// sweep: finds what fell due (lost claims, reservations that nobody settled) and books it. The kernel does so by itself
// whenever the rows are touched; a timer that sweeps makes it happen also where nobody touches them.

import type { Kernel } from "../../kernel/index.ts";
import type { CommandSpec } from "../args/spec.ts";
import { submit } from "../submit.ts";

/** A snapshot for the next verification to start from; a dry run takes none. */
async function checkpoint(kernel: Kernel): Promise<void> {
  await kernel.checkpoint();
}

export const sweep: CommandSpec = {
  name: "sweep",
  summary: "book what fell due: lost claims, forgotten reservations",
  about: [
    "For a timer of yours, such as cron. It changes nothing that the next command would not change too, and takes a checkpoint where 65,536 events lie behind the last one.",
  ],
  args: [],
  flags: {},
  examples: ["exec-kernel sweep", "exec-kernel -q sweep"],
  run: async (call) => submit(call, { type: "sweep", body: {} }, { after: checkpoint }),
};
