// task list: the tasks of the workspace, oldest first.

import { said } from "../../core/index.ts";
import type { TaskRow } from "../../core/index.ts";
import type { Kernel } from "../../kernel/index.ts";
import { withWorkspace } from "../context.ts";
import { kernelTime } from "../kernel-time.ts";
import { printList } from "../output/print-list.ts";
import type { CommandSpec } from "../args/spec.ts";
import type { Columns } from "../output/table.ts";
import { ago } from "../output/text.ts";
import { UsageError } from "../args/usage.ts";
import { wholeOr } from "../args/values.ts";
import { quoted, readable, suggestion } from "../args/words.ts";

function columnsOf(tasks: readonly TaskRow[], now: number): Columns {
  const rows = tasks.map((task) => [
    task.id,
    task.state,
    task.taskKind,
    task.holder === null ? "-" : said(task.holder),
    ago(task.updatedAt, now),
    readable(task.title),
  ]);
  return { head: ["ID", "STATE", "KIND", "HOLDER", "CHANGED", "TITLE"], rows };
}

/** A state that no table and no task knows is a slip of the pen, not an empty list. */
async function checkState(kernel: Kernel, state: string): Promise<void> {
  const { states } = (await kernel.policy()).policy.lifecycle;
  if (states.includes(state)) return;
  throw new UsageError(
    `there is no state ${quoted(state)}${suggestion(state, states, states.join(", "))}`,
    "task list",
  );
}

/** More rows than anybody reads, and laying them out takes long. */
const SHOWN_MAX = 500;

export const taskList: CommandSpec = {
  name: "task list",
  summary: "the tasks, oldest first",
  args: [],
  flags: {
    state: { value: "STATE", about: "only tasks in this state" },
    agent: { value: "NAME", about: "only tasks this agent holds, made or is assigned" },
    limit: { value: "N", about: "at most this many" },
  },
  examples: [
    "exec-kernel task list",
    "exec-kernel task list --state in_progress --json",
    "exec-kernel -q task list --agent a-1 --limit 5",
  ],
  run: async (call) => {
    const { text } = call.flags;
    const filter = { state: text("state"), agent: text("agent"), limit: wholeOr("--limit", text("limit"), 1) };
    return withWorkspace(call, {}, async ({ kernel }) => {
      const found = await kernel.tasks(filter);
      const items = call.globals.json || filter.limit !== undefined ? found : found.slice(0, SHOWN_MAX);
      if (items.length < found.length)
        call.io.err.line(`the first ${SHOWN_MAX} of ${found.length}; more with --limit N, all with --json`);
      if (items.length === 0 && filter.state !== undefined) await checkState(kernel, filter.state);
      const filtered = filter.state !== undefined || filter.agent !== undefined;
      const empty = filtered
        ? "no task fits. all of them: exec-kernel task list"
        : 'no tasks yet. the first one: exec-kernel task create "..."';
      const now = await kernelTime(kernel);
      return printList(call, { items, id: (task) => task.id, columns: (tasks) => columnsOf(tasks, now), empty });
    });
  },
};
