// The bodies of what a human says of a decision. The decision is read from the log, which does not change.

import { actorName } from "../core/index.ts";
import type { CommandBodies, Finding, RefusedRequest } from "../core/index.ts";
import { isFinding, sorted, unique } from "./body-context.ts";
import type { BodyContext } from "./body-context.ts";
import type { RequestBodies } from "./request.ts";

const NOBODYS: RefusedRequest = { sequence: 0, actor: "", digest: "", code: "", numbers: {} };

/** The refusal that the request answers; `refused` where it is one. */
function refusedOf(
  id: string,
  { actor, decision: event }: BodyContext,
): { readonly refused: RefusedRequest } | Finding {
  // Who may not answer at all learns nothing of decisions, and its try is recorded.
  if (actor.kind !== "human") return { refused: NOBODYS };
  if (event?.decision == null) return { code: "decision.unknown", numbers: { decision: id } };
  if (event.decision.verdict === "granted") return { code: "decision.not_refused", numbers: { decision: id } };
  const { code, numbers } = event.decision;
  const { sequence, digest } = event;
  return { refused: { sequence, actor: actorName(event.kind, event.actor), digest: digest ?? "", code, numbers } };
}

const USUAL_APPROVAL_MS = 7_200_000;

export function approveBody(
  body: RequestBodies["approve_request"],
  ctx: BodyContext,
): CommandBodies["approve_request"] | Finding {
  const found = refusedOf(body.decision, ctx);
  if (isFinding(found)) return found;
  const add = body.add === undefined ? null : sorted(Object.entries(body.add));
  return { ...found, add, forMs: body.forMs ?? USUAL_APPROVAL_MS, reason: body.reason };
}

export function denyBody(
  body: RequestBodies["deny_request"],
  ctx: BodyContext,
): CommandBodies["deny_request"] | Finding {
  const found = refusedOf(body.decision, ctx);
  return isFinding(found) ? found : { ...found, reason: body.reason };
}

export function markBody(
  body: RequestBodies["mark_wrong"],
  { actor, decision: event }: BodyContext,
): CommandBodies["mark_wrong"] | Finding {
  if (actor.kind !== "human") return { sequence: 0, codes: [], reason: null };
  if (event?.decision == null) return { code: "decision.unknown", numbers: { decision: body.decision } };
  const { verdict, code, wouldHave = [] } = event.decision;
  const codes = unique([...(verdict === "refused" ? [code] : []), ...wouldHave.map((one) => one.code)]);
  return { sequence: event.sequence, codes, reason: body.reason ?? null };
}
