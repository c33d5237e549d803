// catchUp: what fell due among the loaded rows before a command is judged. It makes laziness invisible: no verdict
// depends on whether a timer ran.

import type { Draft } from "./event.ts";
import type { Rows } from "./rows/rows.ts";

/** The expiries of the rows under these keys at time `at`, as events to come before the command's own. */
export function catchUp(rows: Rows, keys: Iterable<string>, at: number): readonly Draft[] {
  let due: Draft[] | null = null;
  for (const key of keys) {
    const row = rows.get(key);
    if (row?.kind !== "actor" || row.asleepUntil === null || at < row.asleepUntil) continue;
    due ??= [];
    due.push({ type: "agent_woken", body: { agent: row.actor, cause: "timeout", reason: row.sleepReason } });
  }
  return due ?? NOTHING;
}

const NOTHING: readonly Draft[] = [];
