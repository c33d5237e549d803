// escalation: after failed attempts a task rests, then goes to a peer, then to the lead, then to a human. Whoever is not
// meant by the present rung may not claim it, and what is parked for a human no agent moves.

import { actorName } from "../actor.ts";
import { isDeadLetter, isForHumans, rungAt } from "../escalation.ts";
import { readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import type { Context } from "../context.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

/** Parked: nobody but a human takes it up again, or ends it. */
function parked(row: TaskRow, ctx: Context): Judgement | null {
  const { id: task, escalation } = row;
  if (!isForHumans(escalation)) return null;
  const { policy } = ctx.policy;
  const { attemptsMax: limit } = policy.escalation;
  const { tier, parks } = escalation;
  if (isDeadLetter(row, policy.escalation)) return finding("escalation.dead_letter", { task, parks, limit });
  if (tier === "stuck") return finding("escalation.stuck", { task });
  return finding("escalation.human_needed", { task, parks, limit, to: policy.lifecycle.released });
}

/** Who is waited for at this time, where it is not whoever claims. */
function claim(row: TaskRow, ctx: Context): Judgement | null {
  const { failed, notBefore, failures } = row.escalation;
  const { policy } = ctx.policy;
  const task = row.id;
  if (ctx.at < notBefore) return finding("escalation.backoff", { task, failures, leftMs: notBefore - ctx.at });
  const { tier } = rungAt(row, policy, ctx.at);
  if (tier === "human") return finding("escalation.human_needed", { task, failures, waitedMs: ctx.at - notBefore });
  if (tier === "peer" && failed.includes(ctx.actor))
    return finding("escalation.peer_needed", { task, failures, actor: ctx.actor });
  const { lead } = policy.escalation;
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
    "escalation.human_needed",
    "escalation.dead_letter",
    "escalation.stuck",
  ],
  judge: (draft, ctx) => {
    if (draft.type !== "task_moved" || ctx.fact || ctx.envelope.kind === "human") return null;
    const row = readTask(ctx.rows, draft.body.task);
    if (row === null || row.holder !== null) return null;
    return parked(row, ctx) ?? (draft.body.via === "claim" ? claim(row, ctx) : null);
  },
};
