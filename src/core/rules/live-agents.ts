// live-agents: how many agents work below one root at once. Leases that are over do not count, whether or not anybody
// has noticed yet.

import { liveKey } from "../rows/keys.ts";
import { readRow, readTask } from "../rows/read.ts";
import { isClaim, limitFinding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const liveAgents: Rule = {
  name: "live-agents",
  mode: "enforce",
  on: ["task_moved"],
  codes: ["lineage.live_agents_exceeded"],
  judge: (draft, ctx) => {
    if (!isClaim(draft) || ctx.envelope.kind !== "agent") return null;
    const row = readTask(ctx.rows, draft.body.task);
    if (row === null) return null;
    const leases = readRow(ctx.rows, liveKey(row.root), "live")?.leases ?? [];
    const live = leases.filter(({ expiresAt }) => expiresAt === null || ctx.at < expiresAt);
    const agents = new Set(live.map(({ agent }) => agent));
    if (agents.has(ctx.actor)) return null;
    const numbers = { root: row.root, count: agents.size };
    const limit = ctx.policy.policy.lineage.liveAgents;
    return limitFinding("lineage.live_agents_exceeded", agents.size + 1, limit, numbers);
  },
};
