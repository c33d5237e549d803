// Readers of what other tools wrote down: leaves that know formats and no rule.

export { meaningOf, translateMove, type WordMeaning } from "./beads-states.ts";
export type { Snapshot } from "./beads.ts";
export type { OnBytes } from "./bytes.ts";
export { findInputs, isStepInput, type Input, type RowInput, type Skipped, type StepInput } from "./detect.ts";
export type { Change } from "./history.ts";
export { readLines } from "./lines.ts";
export type { Problem } from "./problem.ts";
export { costMicrosOf, PRICES } from "./prices.ts";
export { readStepItems } from "./read-steps.ts";
export { readRows, type Row } from "./rows.ts";
export { isStepFormat, type FormatName, type StepFormat } from "./sniff.ts";
export type { LineCounts, OutcomeItem, StepItem, UsageItem } from "./step-items.ts";
