// The audit of steps as a page: what was read, how much would have been refused in one table, then the worst of each
// rule, then what nobody should believe from it. It fits 80 columns, and all of it is told without colour too.

import type { Skipped } from "../../formats/index.ts";
import type { StepsReport } from "../steps/report.ts";
import { counted, countedHistories, day, days, fineShare, grouped, seconds } from "./amounts.ts";
import type { PageOptions } from "./page-options.ts";
import { hanging, harmless, wrapped } from "./plain.ts";
import { badLines } from "./remarks.ts";
import { footnotes, remarks } from "./steps-remarks.ts";
import { stepRulesTable, stepWorstLines } from "./steps-table.ts";

/** What was read, and in one sentence what would have been refused. */
export function stepsHeadLines(report: StepsReport, { width, paint, wrote }: PageOptions): readonly string[] {
  const { histories, total, range, elapsedMs, sinceMs } = report;
  const since = sinceMs === null ? [] : [`since ${day(sinceMs)}`];
  const read = [
    countedHistories(histories),
    counted(total.steps, "step"),
    ...(range === null ? [] : [days(range)]),
    ...since,
    seconds(elapsedMs),
  ];
  const written = wrote === undefined ? "nothing written" : `only ${harmless(wrote)} written`;
  return [
    ...wrapped(`${read.join(", ")}. ${written}, nothing sent.`, width),
    ...wrapped(verdict(report), width).map((line) => paint("bold", line)),
  ];
}

function verdict(report: StepsReport): string {
  const { histories, refused, enforced, policy, total } = report;
  if (total.steps === 0) return nothingTold(report);
  if (refused === 0) return `none would have been refused, by any rule of ${harmless(policy)}.`;
  const by = `${grouped(enforced)} by a rule that is enforced under ${harmless(policy)}`;
  return `${grouped(refused)} (${fineShare(refused, histories)}) would have been refused, ${by}.`;
}

/** Why no step counts: there is none, or all of them are too old. */
function nothingTold({ sinceMs, stepsOld, filesOld }: StepsReport): string {
  if (sinceMs === null || stepsOld + filesOld === 0) return "no step could be read.";
  const files =
    filesOld === 1 ? "1 file was last written before" : `${grouped(filesOld)} files were last written before`;
  const older = [...(stepsOld === 0 ? [] : [counted(stepsOld, "older one")]), ...(filesOld === 0 ? [] : [files])];
  return `no step since ${day(sinceMs)}: ${older.join(", ")}.`;
}

function checkFirst({ refused, reachedNew }: StepsReport, { width, paint }: PageOptions): readonly string[] {
  if (refused === 0) return [];
  const text = `check first: ${grouped(reachedNew)} of ${grouped(refused)} reached a new result afterwards`;
  return wrapped(text, width).map((line) => (reachedNew === 0 ? line : paint("yellow", line)));
}

const NEXT =
  "the very steps: exec-kernel audit show ID. to look at in a browser: --html FILE. a policy from it: --suggest.";

/** The whole page, line by line; `skipped` where no other page tells of it. */
export function stepsPageLines(
  report: StepsReport,
  skipped: readonly Skipped[],
  options: PageOptions,
): readonly string[] {
  const parts = [
    stepsHeadLines(report, options),
    stepRulesTable(report.rules, options),
    [
      ...checkFirst(report, options),
      ...[...remarks(report), ...footnotes(report)].flatMap((line) => hangingLines(line, options.width)),
    ],
    ...report.rules.map((rule) => stepWorstLines(rule, options)),
    badLines({ badLines: report.badLines, skipped }, options),
    report.refused > 0 ? wrapped(NEXT, options.width).map((line) => options.paint("dim", line)) : [],
  ];
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ["", ...part]));
}

/** Lines after the first stand in a little, so that each remark is seen as one. */
function hangingLines(text: string, width: number): readonly string[] {
  const [first = "", ...rest] = wrapped(text, width);
  return rest.length === 0 ? [first] : [first, ...hanging("  ", rest.join(" "), width)];
}
