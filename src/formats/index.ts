// Readers of what other tools wrote down: leaves that know formats and no rule.

export {
  BEADS_STATES,
  meaningOf,
  translateMove,
  type KernelState,
  type Move,
  type WordMeaning,
  type WordSource,
} from "./beads-states.ts";
export { looksLikeIssue, readSnapshots, toSnapshot, type Snapshot } from "./beads.ts";
export type { OnBytes } from "./bytes.ts";
export { findInputs, SEARCH_LIMITS, type Found, type Input, type SearchLimits, type Skipped } from "./detect.ts";
export { looksLikeChange, readHistory, toChange, type Change } from "./history.ts";
export type { JsonObject } from "./json-lines.ts";
export type { Line, LineItem } from "./line-splitter.ts";
export { readLines, type ReadOptions } from "./lines.ts";
export type { Problem, ProblemItem } from "./problem.ts";
export { readRows, type Row } from "./rows.ts";
export { sniffFormat, type FormatName, type Sniffed } from "./sniff.ts";
export { parseTime } from "./times.ts";
