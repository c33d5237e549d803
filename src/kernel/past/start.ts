// Where a walk through the past may start: after the last checkpoint before a sequence, with the rows it kept, so that what
// is asked of one decision does not read the log from its first event.

import type { Row } from "../../core/index.ts";
import type { Store, StoredCheckpoint } from "../../store/index.ts";
import { GENESIS } from "../chain.ts";
import { loadSnapshot } from "../checkpoint/load.ts";

/** After the event at `sequence`, which has this hash, over these rows. */
export type Start = {
  readonly sequence: number;
  readonly hash: string;
  readonly rows: ReadonlyMap<string, Row>;
};

/** Before the first event. */
export const THE_START: Start = { sequence: 0, hash: GENESIS, rows: new Map() };

/** INVARIANT: a checkpoint is taken between two commands, and its event is still the one it was taken at. */
async function startAt(store: Store, workspace: string, mark: StoredCheckpoint): Promise<Start | null> {
  const { sequence, hash } = mark;
  const stored = await store.read(workspace, (view) => view.event(sequence));
  if (stored?.hash !== hash) return null;
  const rows = await loadSnapshot(store, workspace, mark);
  return typeof rows === "string" ? null : { sequence, hash, rows };
}

/** The last checkpoint before this sequence whose rows are kept and fit; without one the first event. */
export async function startBefore(store: Store, workspace: string, sequence: number): Promise<Start> {
  const marks = await store.checkpoints.list(workspace);
  for (const mark of marks.toReversed()) {
    if (mark.sequence >= sequence) continue;
    const start = await startAt(store, workspace, mark);
    if (start !== null) return start;
  }
  return THE_START;
}
