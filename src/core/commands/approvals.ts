// What a human says of a refused decision: approve lets the very request through (a full budget is raised, any other rule
// is waived once for this request), deny says no, and mark_wrong counts against the rule. Of two answers the first stands.

import type { ApproveRequest, RefusedRequest } from "../command.ts";
import type { CommandSpec, Context, Plan } from "../context.ts";
import type { RequestApproved } from "../event-bodies.ts";
import { isReasonCode } from "../reasons/index.ts";
import { actorKey, answerKey, markKey, meterKey } from "../rows/keys.ts";
import { readRow } from "../rows/read.ts";
import { WINDOWS } from "../policy.ts";
import { canBeWaived } from "../rules/index.ts";
import { usedOf } from "../wording.ts";

/** Largest sum that an approval may add to one limit. */
const ADD_MAX: number = 2 ** 40;

const idOf = (sequence: number): string => `d-${sequence}`;

function unanswered({ sequence, code }: RefusedRequest, ctx: Context, plan: () => Plan): Plan {
  const decision = idOf(sequence);
  if (!isReasonCode(code) || !canBeWaived(code))
    return { code: "approval.no_override", numbers: { decision, refused: code } };
  const answer = readRow(ctx.rows, answerKey(sequence), "answer");
  if (answer !== null)
    return { code: "approval.answered", numbers: { decision, verdict: answer.verdict, by: answer.by } };
  return plan();
}

const text = (value: string | number | undefined): string => String(value ?? "");

/** A quarter of the limit, or what was asked for if that is more. */
function usualAdd({ numbers }: RefusedRequest): number {
  const limit = Number(numbers["limit"] ?? 0);
  const missing = Number(numbers["used"] ?? 0) + Number(numbers["held"] ?? 0) + Number(numbers["asks"] ?? 0) - limit;
  return Math.max(1, Math.ceil(limit / 4), missing);
}

type Raise = RequestApproved["raises"][number];

/** What is added to the limit that refused, or the dimension that the approval names and the refusal does not. */
function raiseOf({ refused, add }: ApproveRequest): Raise | string {
  const dimension = text(refused.numbers["dimension"]);
  const window = Math.max(
    0,
    WINDOWS.findIndex((one) => one === refused.numbers["window"]),
  );
  if (add === null) return { dimension, window, add: usualAdd(refused) };
  const other = Object.keys(add).find((name) => name !== dimension);
  return other ?? { dimension, window, add: add[dimension] ?? 0 };
}

function approvedBudget(body: ApproveRequest, until: number): Plan {
  const { sequence, actor, numbers } = body.refused;
  const decision = idOf(sequence);
  const raise = raiseOf(body);
  const dimension = text(numbers["dimension"]);
  if (typeof raise === "string")
    return { code: "approval.other_limit", numbers: { decision, dimension, given: raise } };
  if (raise.add === 0 || raise.add > ADD_MAX)
    return { code: "budget.amount_too_large", numbers: { dimension, amount: raise.add, limit: ADD_MAX } };
  const scope = text(numbers["scope"]);
  const limit = Number(numbers["limit"] ?? 0);
  const now = usedOf(dimension, Number(numbers["used"] ?? 0), limit + raise.add);
  return {
    drafts: [
      {
        type: "request_approved",
        body: { sequence, actor, scope, raises: [raise], waiver: null, until, reason: body.reason },
      },
    ],
    code: "request.approved",
    numbers: { decision, scope, now, until },
    result: { decision, scope, dimension, add: raise.add, until },
  };
}

function approvedOnce(body: ApproveRequest, until: number): Plan {
  const { sequence, actor, digest, code } = body.refused;
  const decision = idOf(sequence);
  if (body.add !== null)
    return {
      code: "approval.other_limit",
      numbers: { decision, dimension: "", given: Object.keys(body.add).join(", ") },
    };
  return {
    drafts: [
      {
        type: "request_approved",
        body: { sequence, actor, scope: null, raises: [], waiver: { digest, code }, until, reason: body.reason },
      },
    ],
    code: "request.approved_once",
    numbers: { decision, refused: code, actor, until },
    result: { decision, until },
  };
}

export const approveRequest: CommandSpec<"approve_request"> = {
  keys: ({ body }) => {
    const scope = body.refused.numbers["scope"];
    return [
      answerKey(body.refused.sequence),
      actorKey(body.refused.actor),
      ...(body.refused.code === "budget.hard_limit" ? [meterKey(text(scope))] : []),
    ];
  },
  propose: ({ body }, ctx) =>
    unanswered(body.refused, ctx, () => {
      const until = ctx.at + body.forMs;
      return body.refused.code === "budget.hard_limit" ? approvedBudget(body, until) : approvedOnce(body, until);
    }),
};

export const denyRequest: CommandSpec<"deny_request"> = {
  keys: ({ body }) => [answerKey(body.refused.sequence)],
  propose: ({ body }, ctx) =>
    unanswered(body.refused, ctx, () => {
      const { sequence } = body.refused;
      const decision = idOf(sequence);
      return {
        drafts: [{ type: "request_denied", body: { sequence, reason: body.reason } }],
        code: "request.denied",
        numbers: { decision },
        result: { decision },
      };
    }),
};

export const markWrong: CommandSpec<"mark_wrong"> = {
  keys: ({ body }) => [markKey(body.sequence)],
  propose: ({ body }, ctx) => {
    const { sequence, codes } = body;
    const decision = idOf(sequence);
    const before = readRow(ctx.rows, markKey(sequence), "answer");
    if (before !== null)
      return { code: "approval.answered", numbers: { decision, verdict: before.verdict, by: before.by } };
    if (codes.length === 0) return { code: "decision.not_judged", numbers: { decision } };
    return {
      drafts: [{ type: "decision_marked", body }],
      code: "decision.marked",
      numbers: { decision, codes: codes.join(", ") },
      result: { decision },
    };
  },
};
