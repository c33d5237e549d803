// The judge over histories: other tools' task files, streamed through the kernel's own rules, and agents' transcripts,
// streamed through its detectors of loops.

export { auditPaths, type Audit, type AuditOptions } from "./audit.ts";
export { CARDS_MAX, reportPage } from "./html/report-page.ts";
export { reportPathProblem, writeReport } from "./html/write-report.ts";
export { findingsOf, type Report } from "./report.ts";
export { jsonLine, traceJsonLine } from "./show/json.ts";
export { headLines, pageLines } from "./show/page.ts";
export type { PageOptions } from "./show/page-options.ts";
export { harmless } from "./show/plain.ts";
export { stepsHeadLines, stepsPageLines } from "./show/steps-page.ts";
export { traceHeadLines, tracePageLines } from "./show/trace-page.ts";
export { describeLocated, findHistory, type Located } from "./steps/find-history.ts";
export type { StepsReport } from "./steps/report.ts";
export { suggestedPolicy } from "./show/suggest.ts";
export { traceHistories, type Trace, type Wanted } from "./steps/trace.ts";
