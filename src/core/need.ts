// need: which rows a command must have loaded before it can be judged. Pure and monotone: called again with more rows
// it asks for more or for nothing, and at nothing the command can be decided.

import { actorName } from "./actor.ts";
import type { Command } from "./command.ts";
import { specOf } from "./commands/index.ts";
import { contextOf, isProposal } from "./context.ts";
import type { Context } from "./context.ts";
import type { Draft } from "./event.ts";
import type { CompiledPolicy } from "./policy.ts";
import { actorKey, commandKey, fingerprintKey, HEAD_KEY, templateKey } from "./rows/keys.ts";
import { readHead } from "./rows/read.ts";
import type { Rows } from "./rows/rows.ts";
import { rulesFor } from "./rules/index.ts";

/** Bounds of one command's read set. */
export const NEED_ROUNDS_MAX = 4;
export const NEED_KEYS_MAX = 256;

function missing(rows: Rows, keys: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (const key of keys) if (rows.get(key) === undefined && !out.includes(key)) out.push(key);
  return out;
}

/** Rows that folding the event writes beside those that judging reads. */
function written(draft: Draft): readonly string[] {
  if (draft.type !== "task_created") return [];
  return [fingerprintKey(draft.body.fingerprint), templateKey(draft.body.author, draft.body.template)];
}

function ofDrafts(drafts: readonly Draft[], ctx: Context): readonly string[] {
  const keys: string[] = [];
  for (const draft of drafts) {
    keys.push(...written(draft));
    for (const rule of rulesFor(draft.type)) if (rule.need !== undefined) keys.push(...rule.need(draft, ctx));
  }
  return keys;
}

/** The keys of rows that are still missing; empty once the command can be judged. */
export function need(rows: Rows, command: Command, policy: CompiledPolicy, at: number): readonly string[] {
  const actor = actorName(command.kind, command.actor);
  const spec = specOf(command);
  const first = missing(rows, [HEAD_KEY, commandKey(actor, command.commandId), actorKey(actor), ...spec.keys(actor)]);
  if (first.length > 0) return first;
  const second = missing(rows, spec.related(rows));
  if (second.length > 0) return second;
  const ctx = contextOf(rows, command, policy, at, readHead(rows));
  const plan = spec.propose(ctx);
  return isProposal(plan) ? missing(rows, ofDrafts(plan.drafts, ctx)) : [];
}
