// The table that is read first: how many findings, on how many tasks, by which rule, in plain words.

import type { RuleReport } from "../report.ts";
import { grouped } from "./amounts.ts";
import { columnLines } from "./columns.ts";
import type { PageOptions } from "./page-options.ts";

/** The table with its heading; nothing where nothing was found. */
export function findingsTable(rules: readonly RuleReport[], { width, paint }: PageOptions): readonly string[] {
  if (rules.length === 0) return [];
  const counts = rules.map(({ findings, weak }) => grouped(findings) + (weak ? "*" : " "));
  const [heading = "", ...lines] = columnLines(
    [
      { cells: ["FINDINGS ", ...counts], align: "right" },
      { cells: ["TASKS", ...rules.map(({ tasks }) => grouped(tasks))], align: "right" },
      { cells: ["RULE", ...rules.map(({ code }) => code)] },
      { cells: ["WHAT", ...rules.map(({ says }) => says)], takesRest: true },
    ],
    width,
    "",
  );
  return [paint("dim", heading), ...lines];
}
