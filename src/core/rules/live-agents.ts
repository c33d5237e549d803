// live-agents: how many agents work below one root at once, below the one that the work came from too. Leases that are
// over do not count, whether or not anybody has noticed yet.

import { liveKey } from "../rows/keys.ts";
import { readRow, readTask } from "../rows/read.ts";
import type { Context } from "../context.ts";
import { rootsOf } from "../scope.ts";
import { isClaim, limitFinding, worst } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

function judgeRoot(root: string, ctx: Context): Judgement | null {
  const leases = readRow(ctx.rows, liveKey(root), "live")?.leases ?? [];
  // A human's lease has no end, and a human is no agent.
  const live = leases.filter(({ expiresAt }) => expiresAt !== null && ctx.at < expiresAt);
  const agents = new Set(live.map(({ agent }) => agent));
  if (agents.has(ctx.actor)) return null;
  const limit = ctx.policy.policy.lineage.liveAgents;
  return limitFinding("lineage.live_agents_exceeded", agents.size + 1, limit, { root, count: agents.size });
}

export const liveAgents: Rule = {
  name: "live-agents",
  mode: "enforce",
  on: ["task_moved"],
  codes: ["lineage.live_agents_exceeded"],
  judge: (draft, ctx) => {
    if (!isClaim(draft) || ctx.envelope.kind !== "agent") return null;
    const row = readTask(ctx.rows, draft.body.task);
    if (row === null) return null;
    return worst(rootsOf(row).map((root) => judgeRoot(root, ctx)));
  },
};
