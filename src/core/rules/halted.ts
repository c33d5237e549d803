// halted: under a halt nothing new begins: no task is made, claimed or spent on, in a lineage of any size. A halt of a task
// reaches that task and what would be made right below it. What was spent is still settled, and leases are still given back.

import type { Context } from "../context.ts";
import type { Draft, EventType } from "../event.ts";
import type { TaskCreated } from "../event-bodies.ts";
import { haltKeys } from "../rows/keys.ts";
import { peekTask, readRow } from "../rows/read.ts";
import { agentScope, scopesOf, WORKSPACE_SCOPE } from "../scope.ts";
import { beginsWork } from "./asleep.ts";
import { finding, isClaim } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** What lies above a new task: its parent, with all that work on the parent is charged to, and where it came from. */
function scopesOfNew({ parent, root, originRoot, task }: TaskCreated, ctx: Context): readonly string[] {
  const above = parent === null ? null : peekTask(ctx.rows, parent);
  const out = above === null ? [WORKSPACE_SCOPE, ...agentScope(ctx.actor)] : [...scopesOf(above, ctx.actor)];
  for (const top of [root, originRoot]) if (top !== task && !out.includes("lineage/" + top)) out.push("lineage/" + top);
  return out;
}

const NOTHING: readonly string[] = [];

function scopesIn(draft: Draft, ctx: Context): readonly string[] {
  if (draft.type === "step_recorded" || draft.type === "step_reserved") return draft.body.scopes;
  if (draft.type === "lease_renewed") return draft.body.lease.scopes;
  if (draft.type === "task_created") return ctx.fact ? NOTHING : scopesOfNew(draft.body, ctx);
  if (isClaim(draft)) return draft.body.lease?.scopes ?? NOTHING;
  return ctx.envelope.kind === "agent" ? scopesOfChanged(draft, ctx) : NOTHING;
}

/** An agent changes nothing under a halt either; a human may, to put it right. */
function scopesOfChanged(draft: Draft, ctx: Context): readonly string[] {
  const changes = draft.type === "task_moved" ? beginsWork(draft.body, ctx) : EDITS.includes(draft.type);
  if (!changes || !("task" in draft.body) || draft.body.task === null) return NOTHING;
  const row = peekTask(ctx.rows, draft.body.task);
  return row === null ? NOTHING : scopesOf(row, ctx.actor);
}

const EDITS: readonly EventType[] = ["task_edited", "task_assigned", "task_placed"];

export const halted: Rule = {
  name: "halted",
  mode: "enforce",
  fixed: true,
  on: ["task_created", "task_moved", "lease_renewed", "step_reserved", "step_recorded", ...EDITS],
  codes: ["halt.active"],
  need: (draft, ctx) => haltKeys(scopesIn(draft, ctx)),
  judge: (draft, ctx) => {
    for (const key of haltKeys(scopesIn(draft, ctx))) {
      const row = readRow(ctx.rows, key, "halt");
      if (row?.halted === true) return finding("halt.active", { scope: row.scope, by: row.by });
    }
    return null;
  },
};
