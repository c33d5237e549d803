// creations: how many tasks one agent makes within a sliding window. A storm of small tasks is stopped while it is small.

import { ringKey } from "../rows/keys.ts";
import { readRow } from "../rows/read.ts";
import { limitFinding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const creations: Rule = {
  name: "creations",
  mode: "enforce",
  on: ["task_created"],
  codes: ["lineage.creations_exceeded"],
  judge: (draft, ctx) => {
    if (draft.type !== "task_created" || ctx.fact || ctx.envelope.kind !== "agent") return null;
    const { creations: limit, creationsWindowMs: windowMs } = ctx.policy.policy.lineage;
    const times = readRow(ctx.rows, ringKey(ctx.actor), "ring")?.times ?? [];
    const recent = times.filter((at) => at > ctx.at - windowMs);
    const count = recent.length;
    // The window has room again once the oldest of the last `hard` has left it.
    const oldest = recent.at(-limit.hard) ?? recent[0] ?? ctx.at;
    const agoMs = ctx.at - oldest;
    return limitFinding("lineage.creations_exceeded", count + 1, limit, { agent: ctx.actor, count, windowMs, agoMs });
  },
};
