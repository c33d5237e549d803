// pending: what waits for a human, oldest first: refused decisions, each with the line that approves it, and parked
// tasks, each with the line that takes it up. An unanswered refusal costs nothing and stays refused.

import type { Kernel } from "../../kernel/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { wholeOr } from "../args/values.ts";
import { withWorkspace } from "../context.ts";
import { kernelTime } from "../kernel-time.ts";
import { printBlocks } from "../output/print-list.ts";
import { grouped } from "../output/text.ts";
import { isForHumans, parkedBlock, parkedJson, refusalBlock, refusalJson, waitingRefusals } from "../output/waiting.ts";

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
async function parkedItems(call: Call, kernel: Kernel): Promise<readonly Item[]> {
  const now = await kernelTime(kernel);
  const { lifecycle } = (await kernel.policy()).policy;
  const tasks = await kernel.tasks({ state: lifecycle.parked });
  return tasks
    .filter(({ escalation }) => isForHumans(escalation))
    .map((task) => ({
      id: task.id,
      block: parkedBlock(task, lifecycle, now, call.paint),
      json: parkedJson(task, lifecycle),
    }));
}

function tellMore(call: Call, all: number, shown: number, what: string): void {
  if (all > shown && !call.globals.quiet)
    call.io.err.line(`the latest ${grouped(shown)} of ${grouped(all)} ${what}; more with --limit N`);
}

export const pending: CommandSpec = {
  name: "pending",
  summary: "what waits for a human: refused decisions and parked tasks, oldest first",
  about: [
    "exec-kernel approve lets a refusal through, exec-kernel deny ends the waiting. The same request, refused for the same reason, is one row: x60. One that told how long to wait is left out once that is over. -q prints the refusals alone.",
  ],
  args: [],
  flags: { limit: { value: "N", about: `at most this many of each (else ${SHOWN})` } },
  examples: ["exec-kernel pending", "exec-kernel pending --json", "exec-kernel -q pending --limit 1"],
  run: async (call) => {
    const limit = wholeOr("--limit", call.flags.text("limit"), 1) ?? SHOWN;
    return withWorkspace(call, {}, async ({ kernel }) => {
      const refusals = await refusalItems(call, kernel);
      const parked = call.globals.quiet ? [] : await parkedItems(call, kernel);
      tellMore(call, refusals.length, limit, "refusals");
      tellMore(call, parked.length, limit, "parked tasks");
      return printBlocks(call, {
        items: [...refusals.slice(-limit), ...parked.slice(-limit)],
        id: ({ id }) => id,
        block: ({ block }) => block,
        json: ({ json }) => json,
        empty: "nothing waits for a human",
      });
    });
  },
};
