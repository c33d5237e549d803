// What a store knows that bears on check-loop: the work above the new task, ids whose work ended, and the policy's limit.

import { said } from "../../core/index.ts";
import type { TaskRow } from "../../core/index.ts";
import type { Kernel } from "../../kernel/index.ts";
import type { WorkNode } from "../../standalone/index.ts";
import type { SeedContext } from "./seed-command.ts";

export type Links = { readonly task: string; readonly parent: string | null; readonly creator: string | null };

/** What the workspace adds, and the links that it does not know. */
export type Insight = {
  readonly context: Pick<SeedContext, "maxDepth" | "known" | "ended">;
  readonly unknown: readonly string[];
};

/** Reads from the workspace all that check-loop judges by. */
export async function insightOf(kernel: Kernel, { task, parent, creator }: Links): Promise<Insight> {
  const { policy } = await kernel.policy();
  const rows = new Map<string, TaskRow>();
  for (const id of [parent, creator]) if (id !== null) await readLines(kernel, id, rows);
  const own = rows.get(task) ?? (await kernel.task(task))?.task ?? null;
  const isEnded = own !== null && policy.lifecycle.terminal.includes(own.state);
  return {
    context: {
      maxDepth: policy.lineage.depth.hard,
      known: [...rows.values()].map(nodeOf),
      ended: isEnded ? [task] : [],
    },
    unknown: [parent, creator].filter((id) => id !== null).filter((id) => !rows.has(id)),
  };
}

/** A task and all above it, by parent and by created-by. */
async function readLines(kernel: Kernel, id: string, into: Map<string, TaskRow>): Promise<void> {
  const first = (await kernel.task(id))?.task;
  if (first === undefined) return;
  into.set(id, first);
  for (const above of [...first.path, ...first.origins]) {
    const row = into.has(above) ? undefined : (await kernel.task(above))?.task;
    if (row !== undefined) into.set(above, row);
  }
}

function nodeOf(row: TaskRow): WorkNode {
  return {
    taskId: row.id,
    agentId: said(row.holder ?? row.assignee ?? row.author),
    taskType: row.taskKind,
    parentTaskId: row.parent,
    createdByTaskId: row.createdBy,
    depth: row.path.length,
  };
}
