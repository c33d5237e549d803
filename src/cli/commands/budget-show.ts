// budget show: what a task has used of what it may use.

import { budgetColumns } from "../output/budget-lines.ts";
import { withWorkspace } from "../context.ts";
import { unknownTask } from "../output/missing.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { tableLines } from "../output/table.ts";
import { UsageError } from "../args/usage.ts";
import { quoted } from "../args/words.ts";

const PREFIX = "task/";
const LATER = /^(?:lineage|agent)\/|^workspace$/;

/** The task a scope names: `task/T-1`, or the id alone. */
function taskIn(scope: string): string {
  if (LATER.test(scope))
    throw new UsageError(
      `budget scope ${quoted(scope)} is not metered by this version: name a task, such as task/T-1`,
      "budget show",
    );
  const id = scope.startsWith(PREFIX) ? scope.slice(PREFIX.length) : scope;
  if (id === "") throw new UsageError("SCOPE names no task: write task/ID", "budget show");
  return id;
}

export const budgetShow: CommandSpec = {
  name: "budget show",
  summary: "what a task used, its limits, and what is left",
  about: [
    "A soft limit warns, a hard one refuses the next step; hand-back steps are granted beside the limit, to write down where the work stands.",
  ],
  args: [{ name: "SCOPE" }],
  flags: {},
  examples: ["exec-kernel budget show task/T-1", "exec-kernel budget show T-1 --json"],
  run: async (call) => {
    const id = taskIn(firstArg(call));
    return withWorkspace(call, {}, async ({ kernel }) => {
      const budget = await kernel.budget(PREFIX + id);
      if (budget === null) return unknownTask(call, id);
      if (call.globals.json) call.io.out.line(JSON.stringify(budget));
      else if (call.globals.quiet) call.io.out.line(budget.scope);
      else call.io.out.line((await tableLines(budgetColumns(budget), null, call.paint)).join("\n"));
      return 0;
    });
  },
};
