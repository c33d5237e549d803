// pending: what waits for a human, oldest first: refused decisions, each with the line that approves it, and tasks
// that are parked or waited in vain, each with the line that takes it up. An unanswered refusal costs nothing and stays refused.

import type { Kernel } from "../../kernel/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { wholeOr } from "../args/values.ts";
import { withWorkspace } from "../context.ts";
import { kernelTime } from "../kernel-time.ts";
import { printBlocks } from "../output/print-list.ts";
import { grouped } from "../output/text.ts";
import {
  refusalBlock,
  refusalJson,
  waitingBlock,
  waitingJson,
  waitingRefusals,
  waitingTasks,
} from "../output/waiting.ts";

const SHOWN = 20;

type Item = { readonly id: string; readonly block: readonly string[]; readonly json: object };

async function refusalItems(call: Call, kernel: Kernel): Promise<readonly Item[]> {
  const now = await kernelTime(kernel);
  return waitingRefusals(await kernel.pending(Number.MAX_SAFE_INTEGER)).map((one) => ({
    id: one.id,
    block: refusalBlock(one, now, call.paint),
    json: refusalJson(one),
  }));
}

/** Tasks that failed so often that a human takes them up; those that an agent blocked are no one's decision yet. */
async function taskItems(call: Call, kernel: Kernel): Promise<readonly Item[]> {
  const now = await kernelTime(kernel);
  const { policy } = await kernel.policy();
  return waitingTasks(await kernel.tasks({}), policy, now).map((waiting) => ({
    id: waiting.task.id,
    block: waitingBlock(waiting, policy, now, call.paint),
    json: waitingJson(waiting, policy),
  }));
}

function tellMore(call: Call, all: number, shown: number, what: string): void {
  if (all > shown && !call.globals.quiet)
    call.io.err.line(`the latest ${grouped(shown)} of ${grouped(all)} ${what}; more with --limit N`);
}

export const pending: CommandSpec = {
  name: "pending",
  summary: "what waits for a human: refused decisions and tasks that no agent may take up, oldest first",
  about: [
    "exec-kernel approve lets a refusal through, exec-kernel deny ends the waiting. The same request, refused for the same reason, is one row: x60. One that told how long to wait is left out once that is over. -q prints the refusals alone.",
    "A task waits here when it was parked, and when a peer or the lead was waited for as long as a lease lives.",
  ],
  args: [],
  flags: { limit: { value: "N", about: `at most this many of each (else ${SHOWN})` } },
  examples: ["exec-kernel pending", "exec-kernel pending --json", "exec-kernel -q pending --limit 1"],
  run: async (call) => {
    const limit = wholeOr("--limit", call.flags.text("limit"), 1) ?? SHOWN;
    return withWorkspace(call, {}, async ({ kernel }) => {
      const refusals = await refusalItems(call, kernel);
      const tasks = call.globals.quiet ? [] : await taskItems(call, kernel);
      tellMore(call, refusals.length, limit, "refusals");
      tellMore(call, tasks.length, limit, "waiting tasks");
      return printBlocks(call, {
        items: [...refusals.slice(-limit), ...tasks.slice(-limit)],
        id: ({ id }) => id,
        block: ({ block }) => block,
        json: ({ json }) => json,
        empty: "nothing waits for a human",
      });
    });
  },
};
