// decide: grants or refuses one command. The same rows, command, policy and time give the same decision on any machine.

import { ALLOWED_KINDS } from "./command.ts";
import type { Command } from "./command.ts";
import { specOf } from "./commands/index.ts";
import { contextOf, isProposal } from "./context.ts";
import type { Context, Proposal } from "./context.ts";
import type { Finding, RecordedDecision } from "./decision.ts";
import type { Draft } from "./event.ts";
import { refusalsNow, REFUSALS_PER_MINUTE } from "./fold/actor.ts";
import type { CompiledPolicy } from "./policy.ts";
import { reason } from "./reasons/index.ts";
import { readActor, readHead } from "./rows/read.ts";
import type { Rows } from "./rows/rows.ts";
import { rulesFor } from "./rules/index.ts";
import type { Rule } from "./rules/rule.ts";

/** A decision and the events that record it; none where a refusal is not recorded any more. */
export type Verdict = { readonly decision: RecordedDecision; readonly drafts: readonly Draft[] };

type Collected = { refusal: Finding | null; readonly wouldHave: Finding[]; readonly warnings: Finding[] };

function modeOf(rule: Rule, ctx: Context): "enforce" | "observe" {
  return ctx.fact ? "observe" : (ctx.policy.policy.modes[rule.name] ?? rule.mode);
}

function judgeDraft(draft: Draft, ctx: Context, into: Collected): void {
  for (const rule of rulesFor(draft.type)) {
    const found = rule.judge(draft, ctx);
    if (found === null) continue;
    const { code, numbers } = found;
    if (found.soft === true) into.warnings.push({ code, numbers });
    else if (modeOf(rule, ctx) === "observe") into.wouldHave.push({ code, numbers });
    else {
      into.refusal = { code, numbers };
      return;
    }
  }
}

const NO_EXTRAS: Pick<RecordedDecision, "wouldHave" | "warnings"> = {};

function extras({ wouldHave, warnings }: Collected): Pick<RecordedDecision, "wouldHave" | "warnings"> {
  if (wouldHave.length === 0 && warnings.length === 0) return NO_EXTRAS;
  return { ...(wouldHave.length > 0 ? { wouldHave } : {}), ...(warnings.length > 0 ? { warnings } : {}) };
}

function grant(proposal: Proposal, collected: Collected, ctx: Context): Verdict {
  const { code, numbers, result, drafts } = proposal;
  const decision: RecordedDecision = {
    verdict: "granted",
    code,
    message: reason(code).says(numbers),
    numbers,
    next: [],
    ...extras(collected),
    result,
    judgedAt: ctx.head.sequence,
    policyHash: ctx.policy.hash,
  };
  return { decision, drafts };
}

function retryAfter(finding: Finding): Pick<RecordedDecision, "retryAfterMs"> {
  const { leftMs, agoMs, windowMs } = finding.numbers;
  if (typeof leftMs === "number") return { retryAfterMs: leftMs };
  return typeof agoMs === "number" && typeof windowMs === "number" ? { retryAfterMs: windowMs - agoMs } : {};
}

/** A refusal as a decision, in the words of the reason table. */
export function refusalOf(finding: Finding, judgedAt: number, policyHash: string): RecordedDecision {
  const row = reason(finding.code);
  return {
    verdict: "refused",
    code: finding.code,
    message: row.says(finding.numbers),
    numbers: finding.numbers,
    next: row.next(finding.numbers),
    ...retryAfter(finding),
    ...(row.override === null ? {} : { override: row.override }),
    judgedAt,
    policyHash,
  };
}

/** Long texts stay out of a refusal's event. */
function asked(command: Command): { readonly [field: string]: unknown } {
  if (command.type === "create_task") return { ...command.body, text: null };
  if (command.type === "adopt_policy") return { hash: command.body.hash };
  return { ...command.body };
}

function refuse(finding: Finding, collected: Collected, command: Command, ctx: Context): Verdict {
  const decision = { ...refusalOf(finding, ctx.head.sequence, ctx.policy.hash), ...extras(collected) };
  if (refusalsNow(readActor(ctx.rows, ctx.actor), ctx.at) >= REFUSALS_PER_MINUTE) return { decision, drafts: [] };
  return { decision, drafts: [{ type: "command_refused", body: { command: command.type, asked: asked(command) } }] };
}

/**
 * Judges a command against rows that `need` asked for and `catchUp` brought up to date.
 * @throws Defect when a row was not loaded; a refusal is a value, never an exception.
 */
export function decide(rows: Rows, command: Command, policy: CompiledPolicy, at: number): Verdict {
  const ctx = contextOf(rows, command, policy, at, readHead(rows));
  const collected: Collected = { refusal: null, wouldHave: [], warnings: [] };
  const allowed = ALLOWED_KINDS[command.type];
  if (!allowed.includes(command.kind)) {
    const numbers = { command: command.type, kind: command.kind, needs: allowed.join(" or ") };
    return refuse({ code: "actor.not_allowed", numbers }, collected, command, ctx);
  }
  const plan = specOf(command).propose(ctx);
  if (!isProposal(plan)) return refuse(plan, collected, command, ctx);
  for (const draft of plan.drafts) {
    judgeDraft(draft, ctx, collected);
    if (collected.refusal !== null) return refuse(collected.refusal, collected, command, ctx);
  }
  return grant(plan, collected, ctx);
}

/** Refuses a command for a reason found outside the rules (a reused id, bounds), in the same words and under the same throttle. */
export function refuseFor(rows: Rows, finding: Finding, command: Command, policy: CompiledPolicy, at: number): Verdict {
  const ctx = contextOf(rows, command, policy, at, readHead(rows));
  return refuse(finding, { refusal: finding, wouldHave: [], warnings: [] }, command, ctx);
}
