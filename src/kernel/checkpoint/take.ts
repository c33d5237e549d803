// Takes a checkpoint of a log that was just found whole: its rows are what the events gave, not what the store holds, so
// that no row which somebody changed behind the kernel is ever believed later. Each part is saved in a short transaction
// of its own, beside whatever is written meanwhile, and the header that makes them count comes last.

import { sortedKeys } from "../../core/index.ts";
import type { Row } from "../../core/index.ts";
import type { Store, StoredCheckpoint } from "../../store/index.ts";
import { encodeRow } from "../codec.ts";
import { forgettable } from "../commit/forget.ts";
import { pack, RowsHash, textOf } from "./snapshot.ts";

/** Events from one checkpoint to the next. */
export const CHECKPOINT_EVENTS = 65_536;

const PART_ROWS = 500;

/** How many events lie behind the last checkpoint of a log that ends at `sequence`. */
export function eventsSince(checkpoints: readonly StoredCheckpoint[], sequence: number): number {
  return sequence - (checkpoints.at(-1)?.sequence ?? 0);
}

/** What a log folds to up to an event. */
export type Proved = {
  readonly sequence: number;
  readonly hash: string;
  readonly at: number;
  readonly rows: ReadonlyMap<string, Row>;
};

/** Rows that are spent differ from store to store: they are in no checkpoint. */
function* partsOf({ rows, at }: Proved): Generator<readonly { readonly key: string; readonly bytes: string }[]> {
  const isSpent = forgettable(rows.values(), at);
  let part = [];
  for (const key of sortedKeys(rows.keys())) {
    const row = rows.get(key);
    if (row === undefined || isSpent(row)) continue;
    part.push({ key, bytes: encodeRow(row) });
    if (part.length < PART_ROWS) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

/** Keeps what was proved as a checkpoint; null where another process was faster. */
export async function takeCheckpoint(
  store: Store,
  workspace: string,
  proved: Proved,
): Promise<StoredCheckpoint | null> {
  const { sequence, hash, at } = proved;
  const rowsHash = new RowsHash();
  let parts = 0;
  for (const rows of partsOf(proved)) {
    const text = textOf(rows);
    rowsHash.add(text, rows.length);
    await store.checkpoints.savePart(workspace, sequence, parts, pack(text));
    parts += 1;
  }
  const taken = { sequence, hash, at, rows: rowsHash.rows, rowsHash: rowsHash.digest(), parts };
  return (await store.checkpoints.save(workspace, taken)) ? taken : null;
}
