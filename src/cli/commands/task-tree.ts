// task tree: tasks under their parents, each with its state, its holder and the steps it used.

import { said } from "../../core/index.ts";
import type { TaskRow } from "../../core/index.ts";
import type { Kernel } from "../../kernel/index.ts";
import { withWorkspace } from "../context.ts";
import { unknownTask } from "../output/missing.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { readable } from "../args/words.ts";
import { plural } from "../output/text.ts";
import { branchesOf } from "../output/tree.ts";
import { wholeOr } from "../args/values.ts";

/** A task with the steps it used, as one JSON line of the tree. */
type Node = TaskRow & { readonly depth: number; readonly steps: number };

type Below = ReadonlyMap<string | null, readonly TaskRow[]>;

function byParent(tasks: readonly TaskRow[]): Below {
  const known = new Set(tasks.map(({ id }) => id));
  const below = new Map<string | null, TaskRow[]>();
  for (const task of tasks) {
    const parent = task.parent !== null && known.has(task.parent) ? task.parent : null;
    const siblings = below.get(parent);
    if (siblings === undefined) below.set(parent, [task]);
    else siblings.push(task);
  }
  return below;
}

async function stepsOf(kernel: Kernel, tasks: readonly TaskRow[]): Promise<ReadonlyMap<string, number>> {
  const steps = new Map<string, number>();
  for (const { id } of tasks) {
    const budget = await kernel.budget(`task/${id}`);
    steps.set(
      id,
      budget?.lines.find(({ dimension, window }) => dimension === "steps" && window === "lifetime")?.used ?? 0,
    );
  }
  return steps;
}

type Drawing = { readonly nodes: readonly Node[]; readonly lines: readonly string[] };

function label(task: TaskRow, steps: number, call: Call): string {
  const parts = [call.paint("bold", task.id), task.state];
  if (task.holder !== null) parts.push(said(task.holder));
  if (steps > 0) parts.push(plural(steps, "step"));
  return `${parts.join("  ")}  ${readable(task.title)}`;
}

function drawn(call: Call, tasks: readonly TaskRow[], steps: ReadonlyMap<string, number>): Drawing {
  const below = byParent(tasks);
  const branches = branchesOf(below.get(null) ?? [], ({ id }) => below.get(id) ?? []);
  const used = ({ id }: TaskRow): number => steps.get(id) ?? 0;
  return {
    nodes: branches.map(({ node, depth }) => ({ ...node, depth, steps: used(node) })),
    lines: branches.map(({ node, stem }) => stem + label(node, used(node), call)),
  };
}

export const taskTree: CommandSpec = {
  name: "task tree",
  summary: "tasks under their parents",
  args: [{ name: "ID", optional: true }],
  flags: {
    state: { value: "STATE", about: "only tasks in this state" },
    agent: { value: "NAME", about: "only tasks this agent holds, made or is assigned" },
    limit: { value: "N", about: "at most this many tasks" },
  },
  examples: ["exec-kernel task tree", "exec-kernel task tree T-1 --json"],
  run: async (call) => {
    const [id] = call.args;
    const { text } = call.flags;
    const filter = {
      below: id,
      state: text("state"),
      agent: text("agent"),
      limit: wholeOr("--limit", text("limit"), 1),
    };
    return withWorkspace(call, {}, async ({ kernel }) => {
      if (id !== undefined && (await kernel.task(id)) === null) return unknownTask(call, id);
      const tasks = await kernel.tasks(filter);
      if (tasks.length === 0) {
        if (!call.globals.json && !call.globals.quiet)
          call.io.err.line('no tasks to draw. a new one: exec-kernel task create "..."');
        return 0;
      }
      const { nodes, lines } = drawn(call, tasks, await stepsOf(kernel, tasks));
      if (call.globals.json) call.io.out.line(nodes.map((node) => JSON.stringify(node)).join("\n"));
      else call.io.out.line((call.globals.quiet ? nodes.map((node) => node.id) : lines).join("\n"));
      return 0;
    });
  },
};
