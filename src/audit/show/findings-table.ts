// The table that is read first: how many findings, on how many tasks, by which rule, in plain words.

import type { RuleReport } from "../report.ts";
import { grouped } from "./amounts.ts";
import type { PageOptions } from "./page-options.ts";
import { cut, padEnd } from "./plain.ts";

const GAP = "  ";

/** The table with its heading; nothing where nothing was found. */
export function findingsTable(rules: readonly RuleReport[], { width, paint }: PageOptions): readonly string[] {
  if (rules.length === 0) return [];
  const findings = column("FINDINGS", rules.map((rule) => grouped(rule.findings) + (rule.weak ? "*" : " ")));
  const tasks = column("TASKS", rules.map((rule) => grouped(rule.tasks)));
  const codeWidth = Math.max(4, ...rules.map(({ code }) => code.length));
  const left = [findings[0], tasks[0], padEnd("RULE", codeWidth), "WHAT"].join(GAP);
  const rows = rules.map(({ code, says }, index) => {
    const line = [findings[index + 1], tasks[index + 1], padEnd(code, codeWidth), says].join(GAP);
    return cut(line, width);
  });
  return [paint("dim", left), ...rows];
}

/** A column of numbers, its heading first, all of one width. */
function column(head: string, cells: readonly string[]): readonly string[] {
  const width = Math.max(head.length, ...cells.map((cell) => cell.length));
  return [head, ...cells].map((cell) => cell.padStart(width));
}
