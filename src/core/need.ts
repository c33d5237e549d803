// need: which rows a command must have loaded before it can be judged. Pure and monotone: called again with more rows
// it asks for more or for nothing, and at nothing the command can be decided.

import { actorName } from "./actor.ts";
import { catchUp, haltKeysOf } from "./catch-up.ts";
import type { Command } from "./command.ts";
import { specOf } from "./commands/index.ts";
import { contextOf, isProposal, isRefused } from "./context.ts";
import type { Context } from "./context.ts";
import type { Draft } from "./event.ts";
import { foldReads } from "./fold/reads.ts";
import { after, expiryEvents } from "./place.ts";
import type { CompiledPolicy } from "./policy.ts";
import { actorKey, commandKey, HEAD_KEY } from "./rows/keys.ts";
import { readHead } from "./rows/read.ts";
import type { Rows } from "./rows/rows.ts";
import { rulesFor } from "./rules/index.ts";

/**
 * Bounds of one command's read set. The keys bound the work; the rounds only follow a line of tasks that wait for each
 * other, one link a round.
 */
export const NEED_ROUNDS_MAX = 64;
export const NEED_KEYS_MAX = 256;

const NOTHING: readonly string[] = [];

/** Notes which of these keys are not loaded, once each. */
function noteMissing(rows: Rows, keys: readonly string[], into: string[]): void {
  for (const key of keys) if (rows.get(key) === undefined && !into.includes(key)) into.push(key);
}

function missing(rows: Rows, keys: readonly string[]): readonly string[] {
  const out: string[] = [];
  noteMissing(rows, keys, out);
  return out;
}

/** The rows whose expiries come before the command: those it is about. */
export function subjectsOf(rows: Rows, command: Command): readonly string[] {
  const actor = actorName(command.kind, command.actor);
  const spec = specOf(command);
  return [actorKey(actor), ...spec.keys(actor), ...spec.related(rows)];
}

/** What folding and judging these drafts reads. */
function ofDrafts(drafts: readonly Draft[], ctx: Context, into: string[]): void {
  for (const draft of drafts) {
    noteMissing(ctx.rows, foldReads(draft, ctx.rows), into);
    for (const rule of rulesFor(draft.type))
      if (rule.need !== undefined) noteMissing(ctx.rows, rule.need(draft, ctx), into);
  }
}

/** The keys of rows that are still missing; empty once the command can be judged. */
export function need(rows: Rows, command: Command, policy: CompiledPolicy, at: number): readonly string[] {
  const actor = actorName(command.kind, command.actor);
  const own = [HEAD_KEY, commandKey(actor, command.commandId)];
  const subjects = subjectsOf(rows, command);
  const first = missing(rows, [...own, ...subjects, ...specOf(command).beside(rows)]);
  if (first.length > 0) return first;
  const halts = missing(rows, haltKeysOf(rows, subjects));
  if (halts.length > 0) return halts;
  const due = catchUp(rows, subjects, at);
  const overdue =
    due.length === 0
      ? NOTHING
      : missing(
          rows,
          due.flatMap((draft) => foldReads(draft, rows)),
        );
  if (overdue.length > 0) return overdue;
  const now = due.length === 0 ? rows : after(rows, expiryEvents(due, readHead(rows).sequence, at, command));
  const ctx = contextOf(now, command, policy, at, readHead(now));
  const plan = specOf(command).propose(ctx);
  if (!isProposal(plan)) return NOTHING;
  const { tail } = plan;
  const out: string[] = [];
  ofDrafts(plan.drafts, ctx, out);
  if (tail !== undefined && !isRefused(tail)) ofDrafts(tail.drafts, ctx, out);
  return out;
}
