// The door from a found history of states to its rows: whatever the format, the same stream of rows and problems.

import { readSnapshots, type Snapshot } from "./beads.ts";
import type { RowInput } from "./detect.ts";
import { readHistory, type Change } from "./history.ts";
import type { ReadOptions } from "./lines.ts";
import type { ProblemItem } from "./problem.ts";

/** A change of state or an issue as it stands; `form` tells which. */
export type Row = Change | Snapshot;

/** Streams the rows of one input in file order, with a problem in place of each bad line. Never throws. */
export function readRows(input: RowInput, options: ReadOptions = {}): AsyncGenerator<Row | ProblemItem> {
  return input.format === "history" ? readHistory(input.path, options) : readSnapshots(input.path, options);
}
