// The bodies of commands that spend, and of evidence: amounts in one order, calls and results as keyed digests.

import type { Amounts, Call, CommandBodies, Finding, ReserveStep } from "../core/index.ts";
import { readCall, resultText } from "../text/index.ts";
import { invalid, isFinding, sorted } from "./body-context.ts";
import type { BodyContext } from "./body-context.ts";
import { keyed, sha256 } from "./digest.ts";
import type { CostBasis, RecordStepRequest, RequestBodies, ReserveStepRequest } from "./request.ts";

type Spending = Pick<ReserveStepRequest, "tokens" | "costMicros" | "costBasis" | "amounts">;

/** What is shown apart, beside what counts: costs that were guessed, and tokens that have no price. */
function apart(basis: CostBasis | undefined, { tokens, costMicros }: Spending): readonly (readonly [string, number])[] {
  if (basis === "estimated" && costMicros !== undefined) return [["estimatedMicros", costMicros]];
  return basis === "unpriced" && tokens !== undefined ? [["unpricedTokens", tokens]] : [];
}

/** The kernel counts these itself: a caller's number would only lie. */
const COUNTED_HERE = ["steps", "durationMs", "estimatedMicros", "unpricedTokens"];

/** Amounts with their dimensions in binary order; tokens and cost are dimensions like any other. */
function amountsOf(body: Spending): Amounts | Finding {
  const given = body.amounts ?? {};
  const twice = ["tokens", "costMicros"].find((name) => Object.hasOwn(given, name) && Object.hasOwn(body, name));
  if (twice !== undefined) return invalid(`amounts.${twice}`, "is given twice");
  const counted = COUNTED_HERE.find((dimension) => Object.hasOwn(given, dimension));
  if (counted !== undefined) return invalid(`amounts.${counted}`, "is counted by the kernel itself");
  if (body.costBasis === "unpriced" && body.costMicros !== undefined)
    return invalid("costBasis", "is unpriced: then there is no costMicros");
  const named: readonly (readonly [string, number | undefined])[] = [
    ["tokens", body.tokens],
    ["costMicros", body.costMicros],
  ];
  const known = named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return sorted([...Object.entries(given), ...known, ...apart(body.costBasis, body)]);
}

export function reserveBody(body: ReserveStepRequest, ctx: BodyContext): ReserveStep | Finding {
  const amounts = amountsOf(body);
  if (isFinding(amounts)) return amounts;
  if (body.class === "message" && body.tool !== undefined) return invalid("class", "is message: that calls no tool");
  const { task, tool = null, started = false, handBack = false } = body;
  return { task, tool, call: callOf(body, ctx), amounts, started, handBack };
}

/** The call as digests; a message may say nothing of itself. */
function callOf({ tool = "", call, class: given }: ReserveStepRequest, { digestKey }: BodyContext): Call | null {
  if (call === undefined && given !== "message") return null;
  const { text, shape, command, class: read, watches } = readCall(tool, call ?? "");
  return { digest: keyed(digestKey, text), shape: keyed(digestKey, shape), command, class: given ?? read, watches };
}

function resultOf(result: string | undefined, { digestKey }: BodyContext): string | null {
  return result === undefined ? null : keyed(digestKey, resultText(result));
}

export function settleBody(
  body: RequestBodies["settle_step"],
  ctx: BodyContext,
): CommandBodies["settle_step"] | Finding {
  const amounts = amountsOf(body);
  if (isFinding(amounts)) return amounts;
  const next = body.next === undefined ? null : reserveBody(body.next, ctx);
  if (next !== null && isFinding(next)) return next;
  const { reservation, failed = false } = body;
  return { reservation, result: resultOf(body.result, ctx), failed, amounts, next };
}

export function recordBody(body: RecordStepRequest, ctx: BodyContext): CommandBodies["record_step"] | Finding {
  const step = reserveBody(body, ctx);
  if (isFinding(step)) return step;
  const { started: _, ...rest } = step;
  return { ...rest, result: resultOf(body.result, ctx), failed: body.failed ?? false };
}

/** A command passes by its exit code, a review by its verdict, a link by being there. */
export function evidenceBody(body: RequestBodies["record_evidence"]): CommandBodies["record_evidence"] | Finding {
  const { task, what, name, exitCode, approved, output, attempt = null, of = null } = body;
  if (what === "command" && exitCode === undefined)
    return invalid("exitCode", "is missing: evidence of a command has one");
  if (what === "review" && approved === undefined) return invalid("approved", "is missing: a review says yes or no");
  const passed = what === "command" ? exitCode === 0 : what === "review" ? approved === true : true;
  return { task, attempt, of, what, name, passed, digest: output === undefined ? null : sha256(output) };
}
