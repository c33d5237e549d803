// What a state demands of whoever enters it: a reason, no open blocker, no open child, another hand than the one that did
// the work. The lifecycle table says which state demands what.

import type { Context } from "../context.ts";
import type { Draft } from "../event.ts";
import type { TaskMoved } from "../event-bodies.ts";
import { guardsOf } from "../lifecycle.ts";
import type { Guard } from "../lifecycle.ts";
import type { ReasonCode } from "../reasons/index.ts";
import { readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import { finding, isAsked } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

type Check = (row: TaskRow, body: TaskMoved, ctx: Context) => Judgement | null;

/** A rule that holds one guard of the table over every move that somebody asks for. */
export function guardRule(name: string, guard: Guard, mode: Rule["mode"], code: ReasonCode, check: Check): Rule {
  return {
    name,
    mode,
    on: ["task_moved"],
    codes: [code],
    judge: (draft: Draft, ctx: Context) => {
      if (!isAsked(draft, ctx) || !guardsOf(ctx.policy.lifecycle, draft.body.to).includes(guard)) return null;
      const row = readTask(ctx.rows, draft.body.task);
      return row === null ? null : check(row, draft.body, ctx);
    },
  };
}

export const reasonGiven: Rule = guardRule(
  "reason",
  "reason",
  "enforce",
  "lifecycle.reason_missing",
  (row, { to, reason }, ctx) =>
    ctx.envelope.kind === "human" || (reason !== null && reason.trim() !== "")
      ? null
      : finding("lifecycle.reason_missing", { task: row.id, to }),
);

export const blockers: Rule = guardRule(
  "blockers",
  "no_open_blockers",
  "enforce",
  "lifecycle.blockers_open",
  (row, { to }) =>
    row.openBlockers === 0
      ? null
      : finding("lifecycle.blockers_open", {
          task: row.id,
          to,
          count: row.openBlockers,
          blockers: row.blockedBy.slice(0, 4).join(", "),
        }),
);

export const openChildren: Rule = guardRule(
  "open-children",
  "no_open_children",
  "enforce",
  "lifecycle.children_open",
  (row, { to }) =>
    row.openChildren === 0 ? null : finding("lifecycle.children_open", { task: row.id, to, count: row.openChildren }),
);

export const review: Rule = guardRule("review", "other_actor", "enforce", "review.same_actor", (row, { to }, ctx) =>
  ctx.envelope.kind === "human" || row.worker !== ctx.actor
    ? null
    : finding("review.same_actor", { task: row.id, to, actor: ctx.actor }),
);
