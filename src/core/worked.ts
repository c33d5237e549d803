// Working time: from claim to leaving, by the kernel's clock.

import type { TaskRow } from "./rows/rows.ts";

/** Milliseconds since the claim, 0 where nobody holds the task; `at` never goes back, so it is never negative. */
export function workedMs(row: TaskRow, at: number): number {
  return row.claimedAt === null ? 0 : Math.max(0, at - row.claimedAt);
}
