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

function missing(rows: Rows, keys: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (const key of keys) if (rows.get(key) === undefined && !out.includes(key)) out.push(key);
  return out;
}

/** The rows whose expiries come before the command: those it is about. */
export function subjectsOf(rows: Rows, command: Command): readonly string[] {
  const actor = actorName(command.kind, command.actor);
  const spec = specOf(command);
  return [actorKey(actor), ...spec.keys(actor), ...spec.related(rows)];
}

function ofDraft(draft: Draft, ctx: Context): readonly string[] {
  const keys = [...foldReads(draft, ctx.rows)];
  for (const rule of rulesFor(draft.type)) if (rule.need !== undefined) keys.push(...rule.need(draft, ctx));
  return keys;
}

/** The keys of rows that are still missing; empty once the command can be judged. */
export function need(rows: Rows, command: Command, policy: CompiledPolicy, at: number): readonly string[] {
  const actor = actorName(command.kind, command.actor);
  const beside = specOf(command).beside(rows);
  const own = [HEAD_KEY, commandKey(actor, command.commandId)];
  const first = missing(rows, [...own, ...subjectsOf(rows, command), ...beside]);
  if (first.length > 0) return first;
  const subjects = subjectsOf(rows, command);
  const halts = missing(rows, haltKeysOf(rows, subjects));
  if (halts.length > 0) return halts;
  const due = catchUp(rows, subjects, at);
  const overdue =
    due.length === 0
      ? []
      : missing(
          rows,
          due.flatMap((draft) => foldReads(draft, rows)),
        );
  if (overdue.length > 0) return overdue;
  const now = due.length === 0 ? rows : after(rows, expiryEvents(due, readHead(rows).sequence, at, command));
  const ctx = contextOf(now, command, policy, at, readHead(now));
  const plan = specOf(command).propose(ctx);
  if (!isProposal(plan)) return [];
  const { tail } = plan;
  const drafts = tail === undefined || isRefused(tail) ? plan.drafts : [...plan.drafts, ...tail.drafts];
  return missing(
    rows,
    drafts.flatMap((draft) => ofDraft(draft, ctx)),
  );
}
