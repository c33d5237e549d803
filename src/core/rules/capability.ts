// capability: a task that needs something is claimed only by agents that registered with it. A human can do everything.

import { readActor, readTask } from "../rows/read.ts";
import { finding, isClaim } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** What the task needs and these capabilities do not give. */
export function lacking(needs: readonly string[], capabilities: readonly string[] | null): readonly string[] {
  return needs.filter((one) => capabilities?.includes(one) !== true);
}

export const capability: Rule = {
  name: "capability",
  mode: "enforce",
  on: ["task_moved"],
  codes: ["claim.capability_missing"],
  judge: (draft, ctx) => {
    if (!isClaim(draft) || ctx.envelope.kind !== "agent") return null;
    const row = readTask(ctx.rows, draft.body.task);
    if (row === null || row.needs.length === 0) return null;
    const lacks = lacking(row.needs, readActor(ctx.rows, ctx.actor).capabilities);
    if (lacks.length === 0) return null;
    return finding("claim.capability_missing", { task: row.id, actor: ctx.actor, lacks: lacks.join(", ") });
  },
};
