// What one decision rested on: the policy in force, and the rows that deciding it again reads. Both begin at the last
// checkpoint before it, where the store has one.

import { actorName, HEAD_KEY } from "../../core/index.ts";
import type { Store, View } from "../../store/index.ts";
import { decodeEvent } from "../codec.ts";
import type { Explanation, PolicyVersion } from "../kernel.ts";
import { walkPast } from "./walk.ts";
import { startBefore } from "./start.ts";
import type { Start } from "./start.ts";
import { decisionIn, headIn } from "../reads.ts";
import { redecide } from "./redecide.ts";

const PAGE = 1_000;

/** The sequence of the last adoption before this one; 0 where there is none. */
async function lastAdoption(view: View, sequence: number, start: Start): Promise<number> {
  const head = start.rows.get(HEAD_KEY);
  let found = head?.kind === "head" ? head.policySequence : 0;
  for (let after = start.sequence; ;) {
    const page = await view.events(after, PAGE);
    for (const event of page) {
      if (event.sequence >= sequence) return found;
      if (event.type === "policy_adopted") found = event.sequence;
      after = event.sequence;
    }
    if (page.length < PAGE) return found;
  }
}

async function adoptedAt(view: View, at: number): Promise<PolicyVersion | null> {
  const stored = at === 0 ? null : await view.event(at);
  const event = stored === null ? null : decodeEvent(stored.bytes, at);
  if (event?.type !== "policy_adopted") return null;
  return { sequence: at, hash: event.body.hash, author: actorName(event.kind, event.actor), at: event.at };
}

/** The policy in force before this sequence; null where there was none yet. */
export async function policyAt(store: Store, workspace: string, sequence: number): Promise<PolicyVersion | null> {
  const last = await store.read(workspace, async (view) => (await headIn(view)).policySequence);
  if (last < sequence) return store.read(workspace, (view) => adoptedAt(view, last));
  const start = await startBefore(store, workspace, sequence);
  return store.read(workspace, async (view) => adoptedAt(view, await lastAdoption(view, sequence, start)));
}

type Walked = { readonly start: Start; readonly onProgress: (done: number, total: number) => void };

async function explainIn(view: View, sequence: number, walked: Walked): Promise<Explanation | null> {
  const found: Omit<Explanation, "brokenAt">[] = [];
  const brokenAt = await walkPast(view, { ...walked, until: sequence }, (past) => {
    if (past.decided?.sequence !== sequence) return;
    const { agreement, problem, read } = redecide(past);
    const rows = [...read].map(([key, row]) => ({ key, row })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    found.push({ agreement, problem, rows });
  });
  const [explanation] = found;
  return explanation === undefined ? null : { ...explanation, brokenAt };
}

/** Decides it again; null where there is no such decision. */
export async function explain(
  store: Store,
  workspace: string,
  id: string,
  onProgress: Walked["onProgress"],
): Promise<Explanation | null> {
  const found = await store.read(workspace, (view) => decisionIn(view, id));
  if (found === null) return null;
  const { sequence } = found.event;
  const start = await startBefore(store, workspace, sequence);
  return store.read(workspace, (view) => explainIn(view, sequence, { start, onProgress }));
}
