// budget show: what a scope used of what it may use, and when that would be full; without a scope, or for a lineage, a
// tree of all that spent.

import { parseScope, WINDOWS } from "../../core/index.ts";
import type { Window } from "../../core/index.ts";
import type { BudgetView, Kernel } from "../../kernel/index.ts";
import { choiceOf } from "../args/choice.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { withWorkspace } from "../context.ts";
import { kernelTime } from "../kernel-time.ts";
import { budgetColumns } from "../output/budget-lines.ts";
import { budgetNodes, budgetTree } from "../output/budget-tree.ts";
import { unknownScope } from "../output/missing.ts";
import { tableLines, terminalWidth } from "../output/table.ts";

/** More lines than anybody reads. */
const SHOWN_MAX = 500;

/** The scope that was named; an id alone is a task's. */
function scopeIn(text: string): string {
  if (parseScope(text) !== null) return text;
  if (/^(?:task|lineage|agent)\/$/.test(text))
    throw new UsageError("SCOPE names nothing: write task/T-1, lineage/T-1, agent/a-2 or workspace", "budget show");
  return `task/${text}`;
}

async function showTree(
  call: Call,
  kernel: Kernel,
  scopes: readonly string[],
  window: Window | undefined,
): Promise<void> {
  const { io, globals, paint } = call;
  const views: BudgetView[] = [];
  for (const scope of scopes) {
    const view = await kernel.budget(scope, window);
    if (view !== null) views.push(view);
  }
  const nodes = budgetNodes(views, await kernel.tasks({}));
  if (globals.json) return io.out.line(nodes.map(({ node, depth }) => JSON.stringify({ ...node, depth })).join("\n"));
  if (globals.quiet) return io.out.line(nodes.map(({ node }) => node.scope).join("\n"));
  const shown = nodes.slice(0, SHOWN_MAX);
  if (shown.length < nodes.length)
    io.err.line(`the first ${SHOWN_MAX} of ${nodes.length}; all with --json, one tree with lineage/ID`);
  const columns = budgetTree(shown, window ?? "lifetime", await kernelTime(kernel), paint);
  io.out.line((await tableLines(columns, terminalWidth(io.out.terminal), paint)).join("\n"));
}

async function showAll(call: Call, kernel: Kernel, window: Window | undefined): Promise<number> {
  const scopes = (await kernel.meters()).map(({ scope }) => scope);
  if (scopes.length > 0) await showTree(call, kernel, scopes, window);
  else if (!call.globals.json && !call.globals.quiet)
    call.io.err.line("nothing was spent yet. the limits: exec-kernel policy show");
  return 0;
}

async function showOne(call: Call, kernel: Kernel, view: BudgetView): Promise<void> {
  const { io, globals, paint } = call;
  if (globals.json) return io.out.line(JSON.stringify(view));
  if (globals.quiet) return io.out.line(view.scope);
  if (view.lines.length === 0) return io.err.line(`${view.scope} has no limit there, and nothing was spent`);
  io.out.line((await tableLines(budgetColumns(view, await kernelTime(kernel)), null, paint)).join("\n"));
}

/** A lineage's tasks that spent, under it. */
async function tasksOf(kernel: Kernel, scope: string): Promise<readonly string[]> {
  const below = await kernel.tasks({ below: scope.slice("lineage/".length) });
  const spent = new Set((await kernel.meters()).map((meter) => meter.scope));
  return below.map(({ id }) => `task/${id}`).filter((task) => spent.has(task));
}

/** An agent that never acted has a budget, but its name is more likely a slip. */
async function isNobody(kernel: Kernel, scope: string): Promise<boolean> {
  if (!scope.startsWith("agent/")) return false;
  return !(await kernel.agents()).some(({ actor }) => actor === scope.replace("/", ":"));
}

async function showScope(call: Call, kernel: Kernel, scope: string, window: Window | undefined): Promise<number> {
  const view = await kernel.budget(scope, window);
  if (view === null || (await isNobody(kernel, scope))) return unknownScope(call, kernel, scope);
  await showOne(call, kernel, view);
  const isTree = scope.startsWith("lineage/") && !call.globals.quiet;
  const tasks = isTree ? await tasksOf(kernel, scope) : [];
  if (tasks.length === 0) return 0;
  if (!call.globals.json) call.io.out.line("");
  await showTree(call, kernel, call.globals.json ? tasks : [scope, ...tasks], window);
  return 0;
}

export const budgetShow: CommandSpec = {
  name: "budget show",
  summary: "what was used and held, the limits, what is left, and when that would be full",
  about: [
    "SCOPE is task/T-1 (or T-1), lineage/T-1, agent/a-2 or workspace; without one all that spent is drawn as a tree.",
    "In the tree HELD, LIMIT and FULL IN are those of the NEAREST LIMIT: the one that most of is gone.",
    "A soft limit warns, a hard one refuses the next step. FULL IN is when the limit would be hit at the rate of its window so far, once a twentieth of it is used.",
  ],
  args: [{ name: "SCOPE", optional: true }],
  flags: { window: { value: "WINDOW", about: `only this window: ${WINDOWS.join(", ")}` } },
  examples: [
    "exec-kernel budget show",
    "exec-kernel budget show task/T-1",
    "exec-kernel budget show lineage/T-1",
    "exec-kernel budget show agent/a-2 --window hour",
    "exec-kernel budget show T-1 --json",
  ],
  run: async (call) => {
    const [scope] = call.args;
    const given = call.flags.text("window");
    const window = given === undefined ? undefined : choiceOf("--window", given, WINDOWS);
    const named = scope === undefined ? null : scopeIn(scope);
    return withWorkspace(call, {}, ({ kernel }) =>
      named === null ? showAll(call, kernel, window) : showScope(call, kernel, named, window),
    );
  },
};
