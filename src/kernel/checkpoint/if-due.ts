// A checkpoint whenever enough events lie behind the last one, for hosts that live long: what is new since then is
// verified, and taken where it is whole.

import type { Store } from "../../store/index.ts";
import { verifyStore } from "../verify/verify.ts";
import { CHECKPOINT_EVENTS, eventsSince } from "./take.ts";

/** Sequence of the checkpoint that was taken; null where none was due, or what is new is not whole. */
export async function checkpointIfDue(
  store: Store,
  workspace: string,
  every: number = CHECKPOINT_EVENTS,
): Promise<number | null> {
  const before = await store.checkpoints.list(workspace);
  const head = await store.read(workspace, (view) => view.head());
  if (eventsSince(before, head?.sequence ?? 0) < every) return null;
  return (await verifyStore(store, workspace, { fromCheckpoint: true, checkpointEvery: every })).checkpoint;
}
