// Loads what a command needs: `need` is asked until nothing is missing, within its bounds.

import { HEAD_KEY, need, NEED_KEYS_MAX, NEED_ROUNDS_MAX, NEW_HEAD } from "../core/index.ts";
import type { Command, CompiledPolicy, HeadRow } from "../core/index.ts";
import type { Batch, LoadedRows } from "./batch.ts";

/** The head row, put into `rows`. */
export async function loadHead(batch: Batch, rows: LoadedRows): Promise<HeadRow> {
  await batch.load([HEAD_KEY], rows);
  const row = rows.get(HEAD_KEY);
  return row?.kind === "head" ? row : NEW_HEAD;
}

/** Loads until the command can be judged; the number of keys where that would be more than the bound, else null. */
export async function loadFor(
  batch: Batch,
  rows: LoadedRows,
  command: Command,
  policy: CompiledPolicy,
  at: number,
): Promise<number | null> {
  for (let round = 0; ; round += 1) {
    const keys = need(rows, command, policy, at);
    if (keys.length === 0) return null;
    const total = rows.size + keys.length;
    if (round === NEED_ROUNDS_MAX || total > NEED_KEYS_MAX) return total;
    await batch.load(keys, rows);
  }
}
