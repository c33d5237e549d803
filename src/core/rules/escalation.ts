// escalation: after failed attempts a task rests, then goes to a peer, then to the lead, then to a human. Whoever is not
// meant by the present rung may not claim it.

import { actorName } from "../actor.ts";
import { readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import type { Context } from "../context.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

/** Parked for its steps, or as often as attempts are granted: nobody but a human takes it up again. */
function forHumans(row: TaskRow, ctx: Context): Judgement | null {
  const limit = ctx.policy.policy.escalation.attemptsMax;
  const { tier, parks } = row.escalation;
  if (tier === "stuck") return finding("escalation.stuck", { task: row.id });
  return tier === "human" && parks >= limit ? finding("escalation.dead_letter", { task: row.id, parks, limit }) : null;
}

function claim(row: TaskRow, ctx: Context): Judgement | null {
  const { tier, failed, notBefore, failures } = row.escalation;
  const task = row.id;
  if (ctx.at < notBefore) return finding("escalation.backoff", { task, failures, leftMs: notBefore - ctx.at });
  if (tier === "peer" && failed.includes(ctx.actor))
    return finding("escalation.peer_needed", { task, failures, actor: ctx.actor });
  const lead = ctx.policy.policy.escalation.lead;
  return tier === "lead" && lead !== null && ctx.actor !== actorName("agent", lead)
    ? finding("escalation.lead_needed", { task, failures, lead: actorName("agent", lead) })
    : null;
}

export const escalation: Rule = {
  name: "escalation",
  mode: "enforce",
  on: ["task_moved"],
  codes: [
    "escalation.backoff",
    "escalation.peer_needed",
    "escalation.lead_needed",
    "escalation.dead_letter",
    "escalation.stuck",
  ],
  judge: (draft, ctx) => {
    if (draft.type !== "task_moved" || ctx.fact || ctx.envelope.kind === "human") return null;
    const row = readTask(ctx.rows, draft.body.task);
    if (row === null || row.holder !== null) return null;
    return forHumans(row, ctx) ?? (draft.body.via === "claim" ? claim(row, ctx) : null);
  },
};
