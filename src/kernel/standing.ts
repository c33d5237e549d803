// Does a refusal still stand in the way? What parked a task or kept an agent asleep may be over, and a limit may have been
// raised: an approval of what is over would lie about until the same befalls the same agent again, and let it out then.

import type { Event, ReasonCode } from "../core/index.ts";
import type { View } from "../store/index.ts";
import { Batch } from "./commit/batch.ts";
import { considerAny } from "./commit/choose.ts";
import { RowCache } from "./commit/row-cache.ts";
import { isReply } from "./commit/submit.ts";
import type { Deciding } from "./commit/submit.ts";
import { requestBehind } from "./past/command.ts";

/** What is refused for how a task or an agent stands at that moment, not for what is asked. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set([
  "agent.asleep",
  "escalation.human_needed",
  "escalation.stuck",
  "escalation.dead_letter",
] satisfies readonly ReasonCode[]);

/** What intake left out of a refusal's event cannot be judged again. */
const NOT_KEPT: ReadonlySet<string> = new Set(["lineage.admission_incomplete"] satisfies readonly ReasonCode[]);

/** Judges refusals over one view, each as if it were asked again now. */
export async function standingIn(view: View, deciding: Deciding): Promise<(event: Event) => Promise<boolean>> {
  const batch = await Batch.open(view, new RowCache());
  return async (event) => {
    const [code, request] = [event.decision?.code ?? "", requestBehind(event)];
    if (request === null || NOT_KEPT.has(code)) return true;
    const considered = await considerAny(batch, request, deciding);
    // The same request was granted since, under its own command id.
    if (isReply(considered)) return false;
    const { decision } = considered.judged;
    return decision.verdict === "refused" && (decision.code === code || !OF_THE_MOMENT.has(code));
  };
}
