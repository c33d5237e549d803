// What one decision rested on: the policy in force, and the rows that deciding it again over the log up to it reads.

import { actorName } from "../core/index.ts";
import type { View } from "../store/index.ts";
import { ChainWatch } from "./chain-watch.ts";
import { decodeEvent } from "./codec.ts";
import type { Explanation, PolicyVersion } from "./kernel.ts";
import { pastOf } from "./past.ts";
import { decisionIn, headIn } from "./reads.ts";
import { redecide } from "./redecide.ts";
import { Refusals } from "./past-refusals.ts";

const PAGE = 1_000;

/** The sequence of the last adoption before this one; 0 where there is none. */
async function lastAdoption(view: View, sequence: number): Promise<number> {
  const { policySequence } = await headIn(view);
  if (policySequence < sequence) return policySequence;
  let found = 0;
  for (let after = 0; ;) {
    const page = await view.events(after, PAGE);
    for (const event of page) {
      if (event.sequence >= sequence) return found;
      if (event.type === "policy_adopted") found = event.sequence;
      after = event.sequence;
    }
    if (page.length < PAGE) return found;
  }
}

/** The policy in force before this sequence; null where there was none yet. */
export async function policyAtIn(view: View, sequence: number): Promise<PolicyVersion | null> {
  const at = await lastAdoption(view, sequence);
  const stored = at === 0 ? null : await view.event(at);
  const event = stored === null ? null : decodeEvent(stored.bytes, at);
  if (event?.type !== "policy_adopted") return null;
  return { sequence: at, hash: event.body.hash, author: actorName(event.kind, event.actor), at: event.at };
}

/** Decides it again; null where there is no such decision. */
export async function explainIn(
  view: View,
  id: string,
  onProgress: (done: number, total: number) => void,
): Promise<Explanation | null> {
  const found = await decisionIn(view, id);
  if (found === null) return null;
  const { sequence } = found.event;
  const refusals = new Refusals();
  const watch = new ChainWatch();
  for await (const past of pastOf(view, { until: sequence, onProgress, watch })) {
    refusals.note(past);
    if (past.decided?.sequence !== sequence) continue;
    const { agreement, problem, read } = redecide(past, refusals.at);
    const rows = [...read].map(([key, row]) => ({ key, row })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    return { agreement, problem, rows, brokenAt: watch.brokenAt };
  }
  return null;
}
