// decide: grants or refuses one command. The same rows, command, policy and time give the same decision on any machine.

import { ALLOWED_KINDS } from "./allowed-kinds.ts";
import type { Command } from "./command.ts";
import { specOf } from "./commands/index.ts";
import { contextOf, isProposal, isRefused } from "./context.ts";
import type { Context, Proposal, Tail } from "./context.ts";
import type { Finding, RecordedDecision, Refusal, Waived } from "./decision.ts";
import type { Draft } from "./event.ts";
import { refusalsNow, REFUSALS_PER_MINUTE } from "./fold/actor.ts";
import { after, ownEvents } from "./place.ts";
import type { CompiledPolicy } from "./policy.ts";
import { reason } from "./reasons/index.ts";
import { readActor, readHead } from "./rows/read.ts";
import type { Rows } from "./rows/rows.ts";
import { canBeWaived, rulesFor } from "./rules/index.ts";
import type { Rule } from "./rules/rule.ts";
import { climbed } from "./step-ladder.ts";

/** A decision and the events that record it; none where a refusal is not recorded any more, or nothing fell due. */
export type Verdict = {
  readonly decision: RecordedDecision;
  readonly drafts: readonly Draft[];
  /** What the kernel itself does because of it. */
  readonly consequences?: readonly Draft[];
};

type Collected = {
  refusal: Finding | null;
  /** Events of the kernel's own that the refusal leads to. */
  climb: readonly Draft[];
  readonly wouldHave: Finding[];
  readonly waived: Waived[];
  readonly warnings: Finding[];
};

const nothingYet = (): Collected => ({ refusal: null, climb: [], wouldHave: [], waived: [], warnings: [] });

function modeOf(rule: Rule, ctx: Context): "enforce" | "observe" {
  if (ctx.fact) return "observe";
  return rule.fixed === true ? "enforce" : (ctx.policy.policy.modes[rule.name] ?? rule.mode);
}

/** The approval that lets this very request past this code; null where there is none. */
function waiverFor(finding: Finding, ctx: Context): Waived | null {
  if (!canBeWaived(finding.code)) return null;
  const { digest } = ctx.envelope;
  const found = readActor(ctx.rows, ctx.actor).waivers.find(
    (one) => one.code === finding.code && one.digest === digest && ctx.at < one.until,
  );
  return found === undefined ? null : { ...finding, by: found.by };
}

function judgeDraft(draft: Draft, ctx: Context, into: Collected): void {
  for (const rule of rulesFor(draft.type)) {
    const found = rule.judge(draft, ctx);
    if (found === null) continue;
    const { code, numbers } = found;
    if (found.soft === true) into.warnings.push({ code, numbers });
    else if (modeOf(rule, ctx) === "observe") into.wouldHave.push({ code, numbers });
    else {
      const waived = waiverFor(found, ctx);
      if (waived === null) {
        const climb = climbed({ code, numbers }, draft, ctx);
        into.refusal = climb?.finding ?? { code, numbers };
        into.climb = climb?.drafts ?? [];
        return;
      }
      into.waived.push({ code, numbers, by: waived.by });
    }
  }
}

function judgeDrafts(drafts: readonly Draft[], ctx: Context, into: Collected): void {
  for (const draft of drafts) {
    judgeDraft(draft, ctx, into);
    if (into.refusal !== null) return;
  }
}

type Extras = Pick<RecordedDecision, "wouldHave" | "waived" | "warnings">;

const NO_EXTRAS: Extras = {};

function extras({ wouldHave, waived, warnings }: Collected): Extras {
  if (wouldHave.length === 0 && waived.length === 0 && warnings.length === 0) return NO_EXTRAS;
  return {
    ...(wouldHave.length > 0 ? { wouldHave } : {}),
    ...(waived.length > 0 ? { waived } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

function retryAfter(finding: Finding): Pick<RecordedDecision, "retryAfterMs"> {
  const { leftMs, agoMs, windowMs } = finding.numbers;
  if (typeof leftMs === "number") return { retryAfterMs: leftMs };
  return typeof agoMs === "number" && typeof windowMs === "number" ? { retryAfterMs: windowMs - agoMs } : {};
}

function inWords(finding: Finding): Refusal {
  const row = reason(finding.code);
  return {
    code: finding.code,
    message: row.says(finding.numbers),
    numbers: finding.numbers,
    next: row.next(finding.numbers),
    ...retryAfter(finding),
    ...(row.override === null ? {} : { override: row.override }),
  };
}

/** The part of a command that may be refused without the rest: judged on the rows as the rest leaves them. */
function judgeTail(tail: Tail, proposal: Proposal, command: Command, ctx: Context, into: Collected): Refusal | null {
  if (isRefused(tail)) return unanswerable(inWords(tail));
  const events = ownEvents(proposal.drafts, null, ctx.head.sequence, ctx.at, command);
  const rows = after(ctx.rows, events);
  judgeDrafts(tail.drafts, { ...ctx, rows, head: readHead(rows) }, into);
  return into.refusal === null ? null : unanswerable(inWords(into.refusal));
}

/** The decision as a whole was granted: nobody can answer its second half. */
function unanswerable({ override, ...refusal }: Refusal): Refusal {
  return override === undefined
    ? refusal
    : { ...refusal, next: [...refusal.next, "to ask a human, send it by itself"] };
}

function grant(proposal: Proposal, collected: Collected, command: Command, ctx: Context): Verdict {
  const { code, numbers, result, drafts, tail } = proposal;
  const nextRefused = tail === undefined ? null : judgeTail(tail, proposal, command, ctx, collected);
  const taken = tail === undefined || nextRefused !== null || isRefused(tail) ? null : tail;
  const decision: RecordedDecision = {
    verdict: "granted",
    code,
    message: reason(code).says(numbers),
    numbers,
    next: [],
    ...extras(collected),
    ...(nextRefused === null ? {} : { nextRefused }),
    result: taken === null ? result : { ...result, ...taken.result },
    judgedAt: ctx.head.sequence,
    policyHash: ctx.policy.hash,
  };
  const verdict = { decision, drafts: taken === null ? drafts : [...drafts, ...taken.drafts] };
  return collected.climb.length === 0 ? verdict : { ...verdict, consequences: collected.climb };
}

/** A refusal as a decision, in the words of the reason table. */
export function refusalOf(finding: Finding, judgedAt: number, policyHash: string): RecordedDecision {
  return { verdict: "refused", ...inWords(finding), judgedAt, policyHash };
}

/** Long texts stay out of a refusal's event. */
function asked(command: Command): { readonly [field: string]: unknown } {
  if (command.type === "create_task") return { ...command.body, text: null, admission: null };
  if (command.type === "adopt_policy") return { hash: command.body.hash };
  return { ...command.body };
}

function refuse(finding: Finding, collected: Collected, command: Command, ctx: Context): Verdict {
  // An approval is used up by the grant it helps to; here another rule refused, and it stands.
  const found = extras({ ...collected, waived: [] });
  const decision = { ...refusalOf(finding, ctx.head.sequence, ctx.policy.hash), ...found };
  // Whoever is refused too often is no longer written down, but what the refusal leads to still comes.
  const isThrottled = refusalsNow(readActor(ctx.rows, ctx.actor), ctx.at) >= REFUSALS_PER_MINUTE;
  const drafts: readonly Draft[] = isThrottled
    ? []
    : [{ type: "command_refused", body: { command: command.type, asked: asked(command) } }];
  return collected.climb.length === 0 ? { decision, drafts } : { decision, drafts, consequences: collected.climb };
}

/**
 * Judges a command against rows that `need` asked for and `catchUp` brought up to date.
 * @throws Defect when a row was not loaded; a refusal is a value, never an exception.
 */
export function decide(rows: Rows, command: Command, policy: CompiledPolicy, at: number): Verdict {
  const ctx = contextOf(rows, command, policy, at, readHead(rows));
  const collected = nothingYet();
  const allowed = ALLOWED_KINDS[command.type];
  if (!allowed.includes(command.kind)) {
    const numbers = { command: command.type, kind: command.kind, needs: allowed.join(" or ") };
    return refuse({ code: "actor.not_allowed", numbers }, collected, command, ctx);
  }
  const plan = specOf(command).propose(ctx);
  if (!isProposal(plan)) return refuse(plan, collected, command, ctx);
  judgeDrafts(plan.drafts, ctx, collected);
  return collected.refusal === null
    ? grant(plan, collected, command, ctx)
    : refuse(collected.refusal, collected, command, ctx);
}

/** Refuses a command for a reason found outside the rules (a reused id, bounds), in the same words and under the same throttle. */
export function refuseFor(rows: Rows, finding: Finding, command: Command, policy: CompiledPolicy, at: number): Verdict {
  const ctx = contextOf(rows, command, policy, at, readHead(rows));
  return refuse(finding, nothingYet(), command, ctx);
}
