// From what was counted to the report: rules in order, the worst of each, and in words what was not judged.

import type { Policy } from "../core/index.ts";
import type { Skipped } from "../formats/index.ts";
import { notJudged } from "./not-judged.ts";
import type { Notes } from "./notes.ts";
import type { FileReport, Report, RuleReport, Worst } from "./report.ts";
import { rangeOf } from "./span.ts";
import type { Group, RuleTally, Tally } from "./tally.ts";

/** Everything a run has gathered. */
export type Gathered = {
  readonly tally: Tally;
  readonly notes: Notes;
  readonly files: readonly FileReport[];
  readonly skipped: readonly Skipped[];
  readonly policy: Policy;
  readonly policyName: string;
  readonly worstMax: number;
  readonly elapsedMs: number;
};

export function buildReport(gathered: Gathered): Report {
  const { tally, notes, files, skipped, policyName, worstMax, elapsedMs } = gathered;
  const many = files.length > 1;
  const rules = [...tally.rules.values()]
    .map((rule) => ruleReport(rule, gathered.policy, worstMax, many))
    .toSorted(mostFirst);
  return {
    policy: policyName,
    files,
    skipped,
    tasks: tally.tasks,
    changes: linesOf(files, "history"),
    issues: linesOf(files, "beads"),
    range: spanning(files),
    broken: tally.broken,
    unmade: tally.unmade,
    rules,
    notJudged: notJudged(notes, rules),
    badLines: notes.badLines,
    elapsedMs,
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

function linesOf(files: readonly FileReport[], format: FileReport["format"]): number {
  return files.reduce((sum, file) => sum + (file.format === format ? file.lines : 0), 0);
}

function spanning(files: readonly FileReport[]): Report["range"] {
  const ranges = files.map(({ range }) => range).filter((range) => range !== null);
  if (ranges.length === 0) return null;
  return {
    firstMs: Math.min(...ranges.map(({ firstMs }) => firstMs)),
    lastMs: Math.max(...ranges.map(({ lastMs }) => lastMs)),
  };
}

function ruleReport(rule: RuleTally, policy: Policy, worstMax: number, many: boolean): RuleReport {
  const { code, lens, findings, tasks, otherWork, span, moves, groups, worst } = rule;
  const byCount = [...moves].map(([move, count]) => ({ move, findings: count }));
  return {
    code,
    says: lens.says,
    findings,
    tasks,
    otherWork,
    range: rangeOf(span),
    measure: lens.measure,
    limit: lens.limit?.(policy) ?? null,
    weak: lens.weak === true,
    moves: byCount.toSorted((a, b) => b.findings - a.findings || (a.move < b.move ? -1 : 1)),
    groups,
    worst: worst.slice(0, worstMax).map((group) => worstOf(group, many)),
  };
}

function worstOf({ file, id, title, by, count, size, span }: Group, many: boolean): Worst {
  return { id, file: many ? file : "", title, by, findings: count, size, range: rangeOf(span) };
}

function mostFirst(a: RuleReport, b: RuleReport): number {
  return Number(a.weak) - Number(b.weak) || b.findings - a.findings || (a.code < b.code ? -1 : 1);
}
