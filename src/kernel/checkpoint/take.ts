// Takes a checkpoint: the rows as they stand at one moment, from one read snapshot, beside whatever is written
// meanwhile. Each part is saved in a short transaction of its own, and the header that makes them count comes last.

import { LESSON_PREFIX } from "../../core/index.ts";
import type { Row } from "../../core/index.ts";
import type { Store, StoredCheckpoint, StoredRow, View } from "../../store/index.ts";
import { decodeRow } from "../codec.ts";
import { forgettable, PASSING_PREFIXES } from "../commit/forget.ts";
import { headIn } from "../reads.ts";
import { rowsUnder } from "../row-reads.ts";
import { rowPages } from "../verify/pages.ts";
import { pack, RowsHash, textOf } from "./snapshot.ts";

/** Events from one checkpoint to the next. */
export const CHECKPOINT_EVENTS = 65_536;

/** How many events lie behind the last checkpoint of a log that ends at `sequence`. */
export function eventsSince(checkpoints: readonly StoredCheckpoint[], sequence: number): number {
  return sequence - (checkpoints.at(-1)?.sequence ?? 0);
}

/** Rows that are spent differ from store to store: they are in no checkpoint. */
function standing(page: readonly StoredRow[], isSpent: (row: Row) => boolean): readonly StoredRow[] {
  return page.filter(
    ({ key, bytes }) => !PASSING_PREFIXES.some((prefix) => key.startsWith(prefix)) || !isSpent(decodeRow(bytes, key)),
  );
}

async function lessonsIn(view: View): Promise<readonly Row[]> {
  const lessons: Row[] = [];
  for await (const row of rowsUnder(view, LESSON_PREFIX)) lessons.push(row);
  return lessons;
}

async function takeIn(view: View, store: Store, workspace: string): Promise<StoredCheckpoint | null> {
  const head = await view.head();
  if (head === null) return null;
  const { at } = await headIn(view);
  const { sequence, hash } = head;
  const isSpent = forgettable(await lessonsIn(view), at);
  const rowsHash = new RowsHash();
  let parts = 0;
  for await (const page of rowPages(view)) {
    const rows = standing(page, isSpent);
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
