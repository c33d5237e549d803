// The refusal that a human's answer is about, read back from the log: an answer's own event names it by its sequence, and
// a log does not change.

import { actorName } from "../../core/index.ts";
import type { Event, RefusedRequest } from "../../core/index.ts";
import type { View } from "../../store/index.ts";
import { decodeEvent } from "../codec.ts";

/** The request that this event answered; null where it is no answer, or the log has no such refusal. */
export async function refusalFor(view: View, answer: Event | null): Promise<RefusedRequest | null> {
  if (answer?.type !== "request_approved" && answer?.type !== "request_denied") return null;
  const { sequence } = answer.body;
  const stored = sequence < answer.sequence ? await view.event(sequence) : null;
  const event = stored === null ? null : decodeEvent(stored.bytes, sequence);
  if (event?.decision?.verdict !== "refused") return null;
  const { kind, actor, digest, decision } = event;
  return {
    sequence,
    actor: actorName(kind, actor),
    digest: digest ?? "",
    code: decision.code,
    numbers: decision.numbers,
  };
}
