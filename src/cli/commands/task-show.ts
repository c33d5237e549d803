// task show: one task with its lineage, its lease, what it waits for, its budget and its text.

import { isDeadLetter, rungAt, said } from "../../core/index.ts";
import type { Policy, TaskRow } from "../../core/index.ts";
import type { Kernel, TaskView } from "../../kernel/index.ts";
import { budgetColumns } from "../output/budget-lines.ts";
import { withWorkspace } from "../context.ts";
import { kernelTime } from "../kernel-time.ts";
import { unknownTask } from "../output/missing.ts";
import { parkedBecause } from "../output/parked-because.ts";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { readable, readableLines } from "../args/words.ts";
import { tableLines } from "../output/table.ts";
import { ago, amountOf, dimensionName, isoTime, plural, shortDuration } from "../output/text.ts";

const LABEL_WIDTH = 12;

type Facts = readonly (readonly [label: string, value: string])[];

function lineage({ path, root, children, descendants, parent }: TaskRow): Facts {
  const made = plural(children, "child", "children");
  const below = parent === null ? `${made}, ${plural(descendants, "descendant")}, ever` : `${made}, ever`;
  const above: Facts =
    parent === null
      ? [["lineage", "a root"]]
      : [
          ["lineage", path.join(" > ")],
          ["root", root],
        ];
  return [...above, ["depth", String(path.length)], ["below", below]];
}

function held({ holder, fence, lease }: TaskRow, now: number): string {
  if (holder === null) return "nobody";
  const parts = [said(holder), `fence ${fence}`];
  if (lease !== null) {
    parts.push(`since ${ago(lease.since, now)}`);
    parts.push(lease.expiresAt === null ? "does not expire" : leaseLeft(lease.expiresAt - now));
  }
  return parts.join(", ");
}

function leaseLeft(leftMs: number): string {
  return leftMs > 0 ? `${shortDuration(leftMs)} left` : "its time is over: the next command takes it back";
}

const RUNGS = {
  anybody: "anybody",
  peer: "a peer",
  lead: "the lead",
  human: "a human decides",
  stuck: "a human decides",
};

/** How far failed attempts have climbed; nothing where none failed. */
function climbed(task: TaskRow, policy: Policy, now: number): Facts {
  const { tier, failures, parks, failed, notBefore } = task.escalation;
  const rung = task.holder === null ? rungAt(task, policy, now).tier : tier;
  const parts: string[] = [RUNGS[rung]];
  if (failures > 0) parts.push(plural(failures, "failed attempt"));
  if (parks > 0) parts.push(`parked ${plural(parks, "time")}`);
  if (isDeadLetter(task, policy.escalation)) parts.push("a dead letter");
  if (failed.length > 0) parts.push(`${rung === "peer" ? "not again" : "tried"} by ${failed.map(said).join(", ")}`);
  const wait =
    notBefore > now ? [["not before", `${isoTime(notBefore)} (${shortDuration(notBefore - now)})`] as const] : [];
  return tier === "anybody" && failures === 0 && parks === 0 ? wait : [["tier", parts.join(", ")], ...wait];
}

function deadline({ deadlineAt }: TaskRow, now: number): Facts {
  if (deadlineAt === null) return [];
  const left = deadlineAt - now;
  return [["deadline", `${isoTime(deadlineAt)} (${left > 0 ? `${shortDuration(left)} left` : "over"})`]];
}

/** What it waits for, what it asks of whoever claims it, what a harness saw of it. */
function conditions(task: TaskRow, now: number): Facts {
  const { priority, needs, blockedBy, openBlockers, openChildren, limits, evidence } = task;
  const own = Object.entries(limits).map(([name, value]) => `${dimensionName(name)} ${amountOf(name, value)}`);
  const blockers = `${blockedBy.join(", ")} (${openBlockers} open)`;
  return [
    ["priority", String(priority)],
    ...(needs.length === 0 ? [] : [["needs", needs.join(", ")] as const]),
    ...(blockedBy.length === 0 ? [] : [["blocked by", blockers] as const]),
    ...(openChildren === 0 ? [] : [["waits for", plural(openChildren, "open child", "open children")] as const]),
    ...(own.length === 0 ? [] : [["own limits", own.join(", ")] as const]),
    ...deadline(task, now),
    ...evidence.map(
      ({ what, name, passed }) => ["evidence", `${what} ${name}: ${passed ? "passed" : "failed"}`] as const,
    ),
  ];
}

function facts(task: TaskRow, policy: Policy, because: string | null, now: number): Facts {
  return [
    ["state", task.state],
    ...(because === null ? [] : [["because", readable(because)] as const]),
    ["kind", task.taskKind],
    ["holder", held(task, now)],
    ["attempt", String(task.attempt)],
    ...climbed(task, policy, now),
    ["assignee", task.assignee === null ? "nobody" : said(task.assignee)],
    ...conditions(task, now),
    ["author", said(task.author)],
    ...lineage(task),
    ...(task.createdBy === null ? [] : [["created by", [...task.origins].join(" > ")] as const]),
    ["created", isoTime(task.createdAt)],
    ["changed", `${isoTime(task.updatedAt)} (${ago(task.updatedAt, now)})`],
  ];
}

async function show(call: Call, kernel: Kernel, { task, text, budget }: TaskView): Promise<void> {
  const { paint, io } = call;
  const lines = [`${paint("bold", task.id)}  ${readable(task.title)}`];
  const { policy } = await kernel.policy();
  const [because, now] = [await parkedBecause(kernel, task), await kernelTime(kernel)];
  for (const [label, value] of facts(task, policy, because, now))
    lines.push(`${paint("dim", label.padEnd(LABEL_WIDTH))}${value}`);
  lines.push("", ...(await tableLines(budgetColumns(budget, now), null, paint)));
  if (text !== null) lines.push("", readableLines(text).trimEnd());
  io.out.line(lines.join("\n"));
}

export const taskShow: CommandSpec = {
  name: "task show",
  summary: "one task: state, lease, blockers, evidence, lineage, budget, text",
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
      else await show(call, kernel, view);
      return 0;
    });
  },
};
