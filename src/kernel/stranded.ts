// A lifecycle table that lacks a state in use would strand the tasks that stand in it: nobody could move them any more.
// So it is not adopted; the tasks are moved or ended first.

import { taskKey } from "../core/index.ts";
import type { Command, Finding, LifecycleTable, TaskRow } from "../core/index.ts";
import type { View } from "../store/index.ts";
import { invalid } from "./body-context.ts";
import { headIn } from "./reads.ts";
import { rowsUnder } from "./row-reads.ts";
import type { Policies } from "./policies.ts";

const NAMED_MAX = 3;

/** States that a task stands in, or that its lease leads to when it is lost or parked. */
function statesOf({ state, lease }: TaskRow): readonly string[] {
  return lease === null ? [state] : [state, lease.ladder.released, lease.ladder.parked];
}

/** Tasks that need a state that the table lacks; looked for only where the present table has one that it lacks. */
async function strandedIn(view: View, table: LifecycleTable): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const row of rowsUnder(view, taskKey(""))) {
    if (row.kind !== "task") continue;
    const lacking = statesOf(row).find((state) => !table.states.includes(state));
    if (lacking !== undefined)
      found.push(`${row.id} ${lacking === row.state ? "in" : "held, and bound for"} ${lacking}`);
  }
  return found;
}

/** What keeps a policy from being adopted over the tasks of this workspace; null for any other command. */
export async function strandedBy(view: View, command: Command, policies: Policies): Promise<Finding | null> {
  if (command.type !== "adopt_policy" || command.kind !== "human") return null;
  const head = await headIn(view);
  if (head.policySequence === 0) return null;
  const table = command.body.policy.lifecycle;
  const { states } = (await policies.inForce(view, head)).policy.lifecycle;
  if (states.every((state) => table.states.includes(state))) return null;
  const found = await strandedIn(view, table);
  if (found.length === 0) return null;
  const named = found.slice(0, NAMED_MAX).join(", ") + (found.length > NAMED_MAX ? ", ..." : "");
  return invalid(
    "policy.lifecycle",
    `has no place for ${found.length === 1 ? "1 task" : `${found.length} tasks`} (${named}): keep these states in the table`,
  );
}
