// asleep: an agent that sleeps creates, claims and spends nothing, from any process, until an outside event wakes it.

import { actorKey } from "../rows/keys.ts";
import { readActor } from "../rows/read.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const asleep: Rule = {
  name: "asleep",
  mode: "enforce",
  on: ["task_created", "task_moved", "lease_renewed", "step_reserved", "step_recorded"],
  codes: ["agent.asleep"],
  need: (draft) => (draft.type === "task_created" && draft.body.toldAt !== null ? [actorKey(draft.body.author)] : []),
  judge: (draft, ctx) => {
    if (draft.type === "task_moved" && draft.body.via !== "claim") return null;
    const agent = draft.type === "task_created" ? draft.body.author : ctx.actor;
    if (!agent.startsWith("agent:")) return null;
    const row = readActor(ctx.rows, agent);
    if (row.asleepSince === null) return null;
    // A fact may lie before the sleep or after its end: only what happened inside it counts.
    if (ctx.at < row.asleepSince || (row.asleepUntil !== null && ctx.at >= row.asleepUntil)) return null;
    return finding("agent.asleep", row.asleepUntil === null ? { agent } : { agent, leftMs: row.asleepUntil - ctx.at });
  },
};
