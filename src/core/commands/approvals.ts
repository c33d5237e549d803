// What a human says of a refused decision: approve lets the very request through (a full budget is raised, any other rule
// is waived once for this request), deny says no, and mark_wrong counts against the rule. Of two answers the first stands.

import { windowsAt } from "../calendar.ts";
import type { ApproveRequest, RefusedRequest } from "../command.ts";
import type { CommandSpec, Context, Plan } from "../context.ts";
import { countsAt, extensionOf } from "../meter.ts";
import { isReasonCode } from "../reasons/index.ts";
import type { Numbers } from "../reasons/row.ts";
import { actorKey, answerKey, markKey, meterKey } from "../rows/keys.ts";
import { readMeter, readRow } from "../rows/read.ts";
import { WINDOWS } from "../policy.ts";
import type { Window } from "../policy.ts";
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

/**
 * What an approval adds unless told, by the numbers of the refusal: a quarter of the limit, or what the request lacked if
 * that is more. Where more was booked than the limit allows, a quarter beyond that: just as much would leave it full.
 */
export function usualAdd(numbers: Numbers): number {
  const of = (name: string): number => Number(numbers[name] ?? 0);
  const quarter = Math.max(1, Math.ceil(of("limit") / 4));
  const over = of("used") + of("held") - of("limit");
  return of("asks") > 0 ? Math.max(quarter, over + of("asks")) : Math.max(0, over) + quarter;
}

/** The limit that refused: where, and how much humans had added to it by then and have by now. */
type Refused = {
  readonly scope: string;
  readonly dimension: string;
  readonly window: number;
  readonly limit: number;
  /** What was added since: an answer to the same question before this one. */
  readonly since: number;
  readonly used: number;
};

function refusedLimit({ numbers }: RefusedRequest, ctx: Context): Refused {
  const [scope, dimension] = [text(numbers["scope"]), text(numbers["dimension"])];
  const window = Math.max(0, WINDOWS.indexOf(windowOf(numbers["window"])));
  const meter = readMeter(ctx.rows, scope);
  const since = extensionOf(meter, dimension, window, ctx.at) - Number(numbers["extra"] ?? 0);
  const used = countsAt(meter.used[dimension], meter.windows, windowsAt(ctx.at))[window] ?? 0;
  return { scope, dimension, window, limit: Number(numbers["limit"] ?? 0), since, used };
}

function windowOf(name: string | number | undefined): Window {
  return WINDOWS.find((one) => one === name) ?? "lifetime";
}

function approvedBudget(body: ApproveRequest, until: number, ctx: Context): Plan {
  const { sequence, actor } = body.refused;
  const decision = idOf(sequence);
  const { scope, dimension, window, limit, since, used } = refusedLimit(body.refused, ctx);
  const other = Object.keys(body.add ?? {}).find((name) => name !== dimension);
  if (other !== undefined) return { code: "approval.other_limit", numbers: { decision, dimension, given: other } };
  const asked = body.add === null ? usualAdd(body.refused.numbers) : (body.add[dimension] ?? 0);
  if (asked === 0 || asked > ADD_MAX)
    return { code: "budget.amount_too_large", numbers: { dimension, amount: asked, limit: ADD_MAX } };
  // The same question may have been asked, and answered, more than once: a limit is not raised twice for it.
  const add = asked - since;
  if (add <= 0) return { code: "approval.raised_already", numbers: { decision, scope, dimension, since } };
  const now = usedOf(dimension, used, limit + asked);
  const raises = [{ dimension, window, add }];
  return {
    drafts: [
      { type: "request_approved", body: { sequence, actor, scope, raises, waiver: null, until, reason: body.reason } },
    ],
    code: "request.approved",
    numbers: { decision, scope, now, until },
    result: { decision, scope, dimension, add, until },
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
      return body.refused.code === "budget.hard_limit" ? approvedBudget(body, until, ctx) : approvedOnce(body, until);
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
