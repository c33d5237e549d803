// Readers of what other tools wrote down: leaves that know formats and no rule.

export { meaningOf, translateMove, type WordMeaning } from "./beads-states.ts";
export type { Snapshot } from "./beads.ts";
export type { OnBytes } from "./bytes.ts";
export { findInputs, type Input, type Skipped } from "./detect.ts";
export type { Change } from "./history.ts";
export type { Problem } from "./problem.ts";
export { readRows, type Row } from "./rows.ts";
export type { FormatName } from "./sniff.ts";
