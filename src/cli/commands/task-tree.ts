// task tree: tasks under their parents, each with its state, its holder and the steps it used.

import { said } from "../../core/index.ts";
import type { TaskRow } from "../../core/index.ts";
import type { Kernel } from "../../kernel/index.ts";
import { withWorkspace } from "../context.ts";
import { unknownTask } from "../output/missing.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { plural } from "../output/text.ts";
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
    steps.set(id, budget?.lines.find(({ dimension }) => dimension === "steps")?.used ?? 0);
  }
  return steps;
}

type Drawing = {
  readonly below: Below;
  readonly steps: ReadonlyMap<string, number>;
  readonly call: Call;
  readonly nodes: Node[];
  readonly lines: string[];
};

function label(task: TaskRow, { steps, call }: Drawing): string {
  const used = steps.get(task.id) ?? 0;
  const parts = [call.paint("bold", task.id), task.state];
  if (task.holder !== null) parts.push(said(task.holder));
  if (used > 0) parts.push(plural(used, "step"));
  return `${parts.join("  ")}  ${task.title}`;
}

/** Draws without recursion's help from the stack: a lineage is at most 32 deep, a foreign history may be deeper. */
function draw(drawing: Drawing): void {
  const { below, steps, nodes, lines } = drawing;
  const top = (below.get(null) ?? []).map((task) => ({ task, before: "", joint: "", depth: 0 }));
  const open = top.toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { task, before, joint, depth } = next;
    lines.push(before + joint + label(task, drawing));
    nodes.push({ ...task, depth, steps: steps.get(task.id) ?? 0 });
    const children = below.get(task.id) ?? [];
    const inner = before + (joint === "" ? "" : joint.startsWith("├") ? "│  " : "   ");
    for (const [index, child] of children.toReversed().entries()) {
      open.push({ task: child, before: inner, joint: index === 0 ? "└─ " : "├─ ", depth: depth + 1 });
    }
  }
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
      const drawing: Drawing = {
        below: byParent(tasks),
        steps: await stepsOf(kernel, tasks),
        call,
        nodes: [],
        lines: [],
      };
      draw(drawing);
      if (call.globals.json) call.io.out.line(drawing.nodes.map((node) => JSON.stringify(node)).join("\n"));
      else call.io.out.line((call.globals.quiet ? drawing.nodes.map((node) => node.id) : drawing.lines).join("\n"));
      return 0;
    });
  },
};
