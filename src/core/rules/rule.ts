// The shape of a rule: which events it judges, which further rows it needs, and what it says of a proposed event.

import type { Context } from "../context.ts";
import type { Finding } from "../decision.ts";
import type { Draft, EventType } from "../event.ts";
import type { Limit, Mode } from "../policy.ts";
import type { Numbers, ReasonCode } from "../reasons/index.ts";

/** A finding; `soft` only warns, whatever the rule's mode. */
export type Judgement = Finding & { readonly soft?: true };

/**
 * `mode` is the rule's mode on day one; a policy may set another by the rule's name, but not of a `fixed` one: what such
 * a rule refuses would break what the rows promise (a second holder, a task above itself).
 */
export type Rule = {
  readonly name: string;
  readonly mode: Mode;
  readonly fixed?: true;
  readonly on: readonly EventType[];
  readonly codes: readonly ReasonCode[];
  /** Keys it reads beyond what the command and the fold read; called again as rows arrive, so it may follow them. */
  readonly need?: (draft: Draft, ctx: Context) => readonly string[];
  readonly judge: (draft: Draft, ctx: Context) => Judgement | null;
};

export function finding(code: ReasonCode, numbers: Numbers): Judgement {
  return { code, numbers };
}

/** Judges a count that would become `next` against a pair of limits: over, not at, the limit. */
function overLimit(next: number, limit: Limit): "hard" | "soft" | null {
  if (next > limit.hard) return "hard";
  return limit.soft !== null && next > limit.soft ? "soft" : null;
}

/** A finding of a limit rule: the hard one refuses, the soft one warns with the same code. */
export function limitFinding(code: ReasonCode, next: number, limit: Limit, numbers: Numbers): Judgement | null {
  const over = overLimit(next, limit);
  if (over === null) return null;
  if (over === "hard") return { code, numbers: { ...numbers, limit: limit.hard } };
  return { code, numbers: { ...numbers, limit: limit.soft ?? limit.hard }, soft: true };
}

/** The first finding that refuses, else the first that warns. */
export function worst(found: readonly (Judgement | null)[]): Judgement | null {
  return found.find((one) => one !== null && one.soft !== true) ?? found.find((one) => one !== null) ?? null;
}

/** A move that somebody asked for, as against one that fell due or was told. */
export function isAsked(draft: Draft, ctx: Context): draft is Extract<Draft, { readonly type: "task_moved" }> {
  return draft.type === "task_moved" && !ctx.fact && (draft.body.via === "claim" || draft.body.via === "move");
}

export function isClaim(draft: Draft): draft is Extract<Draft, { readonly type: "task_moved" }> {
  return draft.type === "task_moved" && draft.body.via === "claim";
}
