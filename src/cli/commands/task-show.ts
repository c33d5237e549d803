// task show: one task with its lineage, its lease, its budget and its text.

import { said } from "../../core/index.ts";
import type { TaskRow } from "../../core/index.ts";
import type { TaskView } from "../../kernel/index.ts";
import { budgetColumns } from "../output/budget-lines.ts";
import { withWorkspace } from "../context.ts";
import { unknownTask } from "../output/missing.ts";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { tableLines } from "../output/table.ts";
import { ago, isoTime } from "../output/text.ts";

const LABEL_WIDTH = 12;

function lineage({ path, root, children, descendants, parent }: TaskRow): readonly (readonly [string, string])[] {
  const below =
    parent === null ? `${children} children, ${descendants} descendants, ever` : `${children} children, ever`;
  const above: readonly (readonly [string, string])[] =
    parent === null
      ? [["lineage", "a root"]]
      : [
          ["lineage", path.join(" > ")],
          ["root", root],
        ];
  return [...above, ["depth", String(path.length)], ["below", below]];
}

function lease({ holder, fence, claimedAt, attempt }: TaskRow, now: number): readonly (readonly [string, string])[] {
  const held =
    holder === null
      ? "nobody"
      : `${said(holder)}, fence ${fence}${claimedAt === null ? "" : `, claimed ${ago(claimedAt, now)}`}`;
  return [
    ["holder", held],
    ["attempt", String(attempt)],
  ];
}

function facts(task: TaskRow, now: number): readonly (readonly [string, string])[] {
  return [
    ["state", task.state],
    ["kind", task.taskKind],
    ...lease(task, now),
    ["assignee", task.assignee === null ? "nobody" : said(task.assignee)],
    ["author", said(task.author)],
    ...lineage(task),
    ...(task.createdBy === null ? [] : [["created by", [...task.origins].join(" > ")] as const]),
    ["created", isoTime(task.createdAt)],
    ["changed", `${isoTime(task.updatedAt)} (${ago(task.updatedAt, now)})`],
  ];
}

async function show(call: Call, { task, text, budget }: TaskView): Promise<void> {
  const { paint, io } = call;
  const lines = [`${paint("bold", task.id)}  ${task.title}`];
  for (const [label, value] of facts(task, Date.now()))
    lines.push(`${paint("dim", label.padEnd(LABEL_WIDTH))}${value}`);
  lines.push("", ...(await tableLines(budgetColumns(budget), null, paint)));
  if (text !== null) lines.push("", text.trimEnd());
  io.out.line(lines.join("\n"));
}

export const taskShow: CommandSpec = {
  name: "task show",
  summary: "one task: state, lease, lineage, budget, text",
  args: [{ name: "ID" }],
  flags: {},
  examples: ["exec-kernel task show T-1", "exec-kernel task show T-1 --json"],
  run: async (call) => {
    const id = firstArg(call);
    return withWorkspace(call, {}, async ({ kernel }) => {
      const view = await kernel.task(id);
      if (view === null) return unknownTask(call, id);
      if (call.globals.json) call.io.out.line(JSON.stringify({ ...view.task, text: view.text, budget: view.budget }));
      else if (call.globals.quiet) call.io.out.line(view.task.id);
      else await show(call, view);
      return 0;
    });
  },
};
