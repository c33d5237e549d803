// The report as a page: what was read, what was found in one table, then the worst of each rule, then what nobody
// should believe from it. It fits 80 columns, and all of it is told without colour too.

import { counted, days, grouped, seconds, share, size } from "./amounts.ts";
import { findingsTable } from "./findings-table.ts";
import type { Report } from "../report.ts";
import { checkFirst, badLines, fileLines, notJudgedLines } from "./remarks.ts";
import type { PageOptions } from "./page-options.ts";
import { wrapped } from "./plain.ts";
import { worstLines } from "./worst-lines.ts";

/** What was read, and in one sentence what was found. */
export function headLines(report: Report, { width, paint }: PageOptions): readonly string[] {
  const { tasks, changes, issues, range, elapsedMs, sizeBytes, files } = report;
  const lines = [...(changes > 0 ? [counted(changes, "change")] : []), ...(issues > 0 ? [counted(issues, "issue")] : [])];
  const read = [counted(tasks, "task"), ...lines, ...(files.length > 1 ? [`${files.length} files`] : []), days(range)];
  const cost = `${size(sizeBytes)} in ${seconds(elapsedMs)}`;
  const head = wrapped(`${[...read, cost].join(", ")}. nothing written, nothing sent.`, width);
  return [...head, ...wrapped(verdict(report), width).map((line) => paint("bold", line))];
}

function verdict({ tasks, broken, unmade, policy, rules }: Report): string {
  if (tasks === 0) return "no task could be read.";
  if (broken === 0) return `no task broke a rule of ${policy}${rules.length > 0 ? "; see (*)" : ""}.`;
  const made = unmade === 0 ? "" : `; ${grouped(unmade)} (${share(unmade, tasks)}) would never have been made`;
  return `${grouped(broken)} (${share(broken, tasks)}) broke a rule of ${policy}${made}.`;
}

/** The whole page, line by line. */
export function pageLines(report: Report, options: PageOptions): readonly string[] {
  const parts = [
    headLines(report, options),
    findingsTable(report.rules, options),
    checkFirst(report, options),
    ...report.rules.map((rule) => worstLines(rule, options)),
    fileLines(report, options),
    notJudgedLines(report, options),
    badLines(report, options),
  ];
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ["", ...part]));
}
