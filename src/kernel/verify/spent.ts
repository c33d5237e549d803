// Rows that a store may keep or sweep away at will, because nothing asks for them any more: they are left out of what
// is compared, and out of checkpoints.

import type { Row } from "../../core/index.ts";

/** A remembered grant whose time was over at `at`. */
export function isSpent(row: Row, at: number): boolean {
  return row.kind === "command" && row.expiresAt <= at;
}
