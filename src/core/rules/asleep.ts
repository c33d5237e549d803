// asleep: an agent that sleeps creates, claims, changes and spends nothing, from any process, until an outside event wakes
// it.

import type { Context } from "../context.ts";
import type { TaskMoved } from "../event-bodies.ts";
import { actorKey } from "../rows/keys.ts";
import { readActor, readTask } from "../rows/read.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** A claim, or a move of what the actor does not hold: giving back and ending one's own work end a turn. */
export function beginsWork({ task, via }: TaskMoved, ctx: Context): boolean {
  if (ctx.fact || (via !== "claim" && via !== "move")) return false;
  return via === "claim" || readTask(ctx.rows, task)?.holder !== ctx.actor;
}

export const asleep: Rule = {
  name: "asleep",
  mode: "enforce",
  on: [
    "task_created",
    "task_moved",
    "task_edited",
    "task_assigned",
    "task_placed",
    "lease_renewed",
    "step_reserved",
    "step_recorded",
  ],
  codes: ["agent.asleep"],
  need: (draft) => (draft.type === "task_created" && draft.body.toldAt !== null ? [actorKey(draft.body.author)] : []),
  judge: (draft, ctx) => {
    if (draft.type === "task_moved" && !beginsWork(draft.body, ctx)) return null;
    const agent = draft.type === "task_created" ? draft.body.author : ctx.actor;
    if (!agent.startsWith("agent:")) return null;
    const row = readActor(ctx.rows, agent);
    if (row.asleepSince === null) return null;
    // A fact may lie before the sleep or after its end: only what happened inside it counts.
    if (ctx.at < row.asleepSince || (row.asleepUntil !== null && ctx.at >= row.asleepUntil)) return null;
    return finding("agent.asleep", row.asleepUntil === null ? { agent } : { agent, leftMs: row.asleepUntil - ctx.at });
  },
};
