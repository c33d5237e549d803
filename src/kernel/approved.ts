// What still stands in the way of a request that a human approved: it is judged again, over the raise or the waiver that
// was just given, and nothing of that is written. Where another limit refuses it, that one is taken for approved too and
// the next is looked for, so that all are told at once.

import type { Command, CommandOf, Event, RecordedDecision, Refusal } from "../core/index.ts";
import { actorName } from "../core/index.ts";
import type { View } from "../store/index.ts";
import { Batch } from "./commit/batch.ts";
import { considerAny } from "./commit/choose.ts";
import type { Reply } from "./kernel.ts";
import { requestBehind } from "./past/command.ts";
import { RowCache } from "./commit/row-cache.ts";
import { isReply, record } from "./commit/submit.ts";
import type { Deciding } from "./commit/submit.ts";

/** As many scopes and windows as may be full one behind the other and still be told. */
const TOLD_MAX = 8;

type Approval = CommandOf<"approve_request">;

/** `override` says that an approval would help: a halt is resumed instead, and a second holder nobody approves. */
function refusalIn({ code, message, numbers, next }: RecordedDecision, isApprovable: boolean): Refusal {
  return { code, message, numbers, next, ...(isApprovable ? { override: "human" } : {}) };
}

/** The approval of this refusal, as a human would give it unasked. */
function alsoApproved(
  command: Approval,
  { decision, id }: Reply,
  { actor, digest }: Approval["body"]["refused"],
): Approval {
  const sequence = Number((id ?? "").slice("d-".length));
  const { code, numbers } = decision;
  return {
    ...command,
    commandId: `${command.commandId}/${sequence}`,
    body: { ...command.body, add: null, refused: { sequence, actor, digest, code, numbers } },
  };
}

/** What intake leaves out of a refusal's event cannot be judged again. */
function isUnknown(request: Command, { code }: RecordedDecision): boolean {
  return request.type === "create_task" && code === "lineage.admission_incomplete";
}

async function refusalsOf(
  batch: Batch,
  approval: Approval,
  request: Command,
  deciding: Deciding,
): Promise<readonly Refusal[]> {
  const found: Refusal[] = [];
  for (let given = approval; found.length < TOLD_MAX;) {
    const considered = await considerAny(batch, request, deciding);
    // The same request was granted since, under its own command id: it is done.
    if (isReply(considered) || considered.judged.decision.verdict === "granted") return found;
    const reply = record(batch, considered);
    if (isUnknown(request, reply.decision)) return found;
    given = alsoApproved(given, reply, approval.body.refused);
    const next = reply.id === null ? null : record(batch, await considerAny(batch, given, deciding)).decision;
    found.push(refusalIn(reply.decision, next?.verdict === "granted"));
    if (next?.verdict !== "granted") return found;
  }
  return found;
}

/**
 * What refuses the approved request as the workspace stands in this view, each as if those before it were approved too;
 * empty where it would be granted.
 * @param isGiven the approval stands in the log; else it is judged here first (a dry run).
 * @param event the refusal that was approved.
 */
export async function stillRefusing(
  view: View,
  approval: Approval,
  event: Event,
  isGiven: boolean,
  deciding: Deciding,
): Promise<readonly Refusal[]> {
  const request = requestBehind(event);
  if (request === null || actorName(event.kind, event.actor) !== approval.body.refused.actor) return [];
  const batch = await Batch.open(view, new RowCache());
  if (!isGiven) record(batch, await considerAny(batch, approval, deciding));
  return refusalsOf(batch, approval, request, deciding);
}
