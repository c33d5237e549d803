// Loads what a command needs: `need` is asked until nothing is missing, within its bounds.

import { HEAD_KEY, need, NEED_KEYS_MAX, NEED_ROUNDS_MAX, NEW_HEAD } from "../../core/index.ts";
import type { Command, CompiledPolicy, HeadRow, Row } from "../../core/index.ts";
import type { Batch, LoadedRows } from "./batch.ts";

/** The head row, put into `rows`. */
export async function loadHead(batch: Batch, rows: LoadedRows): Promise<HeadRow> {
  await batch.load([HEAD_KEY], rows);
  const row = rows.get(HEAD_KEY);
  return row?.kind === "head" ? row : NEW_HEAD;
}

/** Rounds of questions for a whole batch; what is still missing then is asked for command by command. */
const TOGETHER_MAX = 4;

/**
 * Reads what these commands need in a few questions to the store instead of a few for each. It only warms the batch: what
 * a command needs once the ones before it were judged is looked up then.
 */
export async function loadTogether(
  batch: Batch,
  commands: readonly Command[],
  policy: CompiledPolicy,
  at: number,
): Promise<void> {
  let open = commands.map((command) => ({ command, rows: new Map<string, Row | null>() }));
  for (let round = 0; round < TOGETHER_MAX && open.length > 0; round += 1) {
    const missing = new Set<string>();
    open = open.filter(({ command, rows }) => {
      const keys = needed(rows, command, policy, at);
      for (const key of batch.give(keys, rows)) missing.add(key);
      return keys.length > 0;
    });
    if (missing.size > 0) await batch.fetch([...missing]);
  }
}

/** A command that cannot be read fails when it is judged, and alone. */
function needed(rows: LoadedRows, command: Command, policy: CompiledPolicy, at: number): readonly string[] {
  try {
    return need(rows, command, policy, at);
  } catch {
    return [];
  }
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
