// The judge over histories: other tools' task files, streamed through the kernel's own rules.

export { auditPaths, type AuditOptions } from "./audit.ts";
export { findingsOf, type Report } from "./report.ts";
export { jsonLine } from "./show/json.ts";
export { headLines, pageLines } from "./show/page.ts";
export type { PageOptions } from "./show/page-options.ts";
export { harmless } from "./show/plain.ts";
