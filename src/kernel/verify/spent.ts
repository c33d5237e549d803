// Rows that a store may keep or sweep away at will, because nothing asks for them any more: they are left out of what
// is compared, and out of checkpoints.

import type { Row } from "../../core/index.ts";
import type { StoredRow } from "../../store/index.ts";
import { decodeRow } from "../codec.ts";

/** A remembered grant whose time was over at `at`. */
export function isSpent(row: Row, at: number): boolean {
  return row.kind === "command" && row.expiresAt <= at;
}

const GRANTS = "command/";

/** A stored row that was spent at `at`: only remembered grants are looked into. */
export function wasSpent({ key, bytes }: StoredRow, at: number): boolean {
  return key.startsWith(GRANTS) && isSpent(decodeRow(bytes, key), at);
}
