// The report as a page: what was read, what was found in one table, then the worst of each rule, then what nobody
// should believe from it. It fits 80 columns, and all of it is told without colour too.

import { counted, days, grouped, seconds, share, size } from "./amounts.ts";
import { shortNames } from "./file-names.ts";
import { findingsTable } from "./findings-table.ts";
import type { Report } from "../report.ts";
import { checkFirst, badLines, fileLines, notJudgedLines } from "./remarks.ts";
import type { PageOptions } from "./page-options.ts";
import { harmless, wrapped } from "./plain.ts";
import { worstLines } from "./worst-lines.ts";

/** What was read, and in one sentence what was found. */
export function headLines(report: Report, { width, paint }: PageOptions): readonly string[] {
  const { tasks, changes, issues, range, elapsedMs, sizeBytes, files } = report;
  const lines = [
    ...(changes > 0 ? [counted(changes, "change")] : []),
    ...(issues > 0 ? [counted(issues, "issue")] : []),
  ];
  const read = [counted(tasks, "task"), ...lines, ...(files.length > 1 ? [`${files.length} files`] : []), days(range)];
  const cost = `${size(sizeBytes)} in ${seconds(elapsedMs)}`;
  const head = wrapped(`${[...read, cost].join(", ")}. nothing written, nothing sent.`, width);
  return [...head, ...wrapped(verdict(report), width).map((line) => paint("bold", line))];
}

function verdict({ tasks, broken, unmade, policy: name, rules }: Report): string {
  const policy = harmless(name);
  if (tasks === 0) return "no task could be read.";
  if (broken === 0) return `no task broke a rule of ${policy}${rules.length > 0 ? "; see (*)" : ""}.`;
  const made =
    unmade === 0 ? "" : ` enforced, it would have kept ${grouped(unmade)} (${share(unmade, tasks)}) from being made.`;
  return `${counted(broken, "task")} (${share(broken, tasks)}) broke a rule of ${policy}.${made}`;
}

const NEXT = "more ids: --limit 20. all of it: --json. your own limits: --policy FILE.";

/** The whole page, line by line. */
export function pageLines(report: Report, options: PageOptions): readonly string[] {
  const named = { ...options, names: shortNames(report.files.map(({ path }) => path)) };
  const parts = [
    headLines(report, options),
    findingsTable(report.rules, options),
    checkFirst(report, options),
    ...report.rules.map((rule) => worstLines(rule, named)),
    fileLines(report, named),
    notJudgedLines(report, options),
    badLines(report, options),
    report.rules.length > 0 ? wrapped(NEXT, options.width).map((line) => options.paint("dim", line)) : [],
  ];
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ["", ...part]));
}
