// Takes a checkpoint: the rows as they stand at one moment, from one read snapshot, beside whatever is written
// meanwhile. Each part is saved in a short transaction of its own, and the header that makes them count comes last.

import type { Store, StoredCheckpoint, View } from "../../store/index.ts";
import { headIn } from "../reads.ts";
import { rowPages } from "../verify/pages.ts";
import { wasSpent } from "../verify/spent.ts";
import { pack, RowsHash, textOf } from "./snapshot.ts";

/** Events from one checkpoint to the next. */
export const CHECKPOINT_EVENTS = 65_536;

/** How many events lie behind the last checkpoint of a log that ends at `sequence`. */
export function eventsSince(checkpoints: readonly StoredCheckpoint[], sequence: number): number {
  return sequence - (checkpoints.at(-1)?.sequence ?? 0);
}

async function takeIn(view: View, store: Store, workspace: string): Promise<StoredCheckpoint | null> {
  const head = await view.head();
  if (head === null) return null;
  const { at } = await headIn(view);
  const { sequence, hash } = head;
  const rowsHash = new RowsHash();
  let parts = 0;
  for await (const page of rowPages(view)) {
    // Rows that are spent differ from store to store: they are in no checkpoint.
    const rows = page.filter((row) => !wasSpent(row, at));
    const text = textOf(rows);
    rowsHash.add(text, rows.length);
    await store.checkpoints.savePart(workspace, sequence, parts, pack(text));
    parts += 1;
  }
  const taken = { sequence, hash, at, rows: rowsHash.rows, rowsHash: rowsHash.digest(), parts };
  return (await store.checkpoints.save(workspace, taken)) ? taken : null;
}

/** Takes a checkpoint where `every` events lie behind the last; null where not, or where another process was faster. */
export async function takeIfDue(
  store: Store,
  workspace: string,
  every: number = CHECKPOINT_EVENTS,
): Promise<StoredCheckpoint | null> {
  const before = await store.checkpoints.list(workspace);
  return store.read(workspace, async (view) => {
    const head = await view.head();
    if (eventsSince(before, head?.sequence ?? 0) < every) return null;
    return takeIn(view, store, workspace);
  });
}
