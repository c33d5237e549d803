// Rows whose time is over: they may be kept or swept away. INVARIANT: no verdict and no event depends on which, for
// deciding and folding read them as absent; so stores may forget them at different times and still decide alike.

import { readRow } from "./read.ts";
import type { Row, Rows, RunRow } from "./rows.ts";

const DAY_MS = 86_400_000;

/** How long a grant is remembered for a repeated command id, and the end of a run for its name. */
export const REMEMBERED_MS: number = 7 * DAY_MS;

/** How long a lesson can be recalled. */
export const LESSON_KEPT_MS: number = 180 * DAY_MS;

/** Lessons that can be recalled in one workspace: past that the oldest go first. */
export const LESSONS_MAX = 10_000;

/** True once nothing reads the row any more; once over at one time, over at every later one. */
export function isOver(row: Row, at: number): boolean {
  if (row.kind === "command") return at >= row.expiresAt;
  if (row.kind === "run") return row.endedAt !== null && at >= row.endedAt + REMEMBERED_MS;
  return row.kind === "lesson" && at >= row.at + LESSON_KEPT_MS;
}

/** A run; null once it is over. */
export function readRun(rows: Rows, key: string, at: number): RunRow | null {
  const row = readRow(rows, key, "run");
  return row === null || isOver(row, at) ? null : row;
}
