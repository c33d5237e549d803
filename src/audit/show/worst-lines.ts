// The worst of one rule: how bad, which task, its title, who, when. The moves of a lifecycle rule come first, because
// one line of them says more than a list of ids.

import type { RuleReport, Worst } from "../report.ts";
import { days, grouped, length, needsYear, when } from "./amounts.ts";
import { columnLines } from "./columns.ts";
import type { Column } from "./columns.ts";
import type { PageOptions } from "./page-options.ts";
import { fit, hanging, harmless, unbroken } from "./plain.ts";

const ID_WIDTH_MAX = 24;
const BY_WIDTH_MAX = 20;
const FILE_WIDTH_MAX = 20;
const MOVES_SHOWN = 6;

/** `names` are short names of files by their paths. */
type WorstOptions = PageOptions & { readonly names: ReadonlyMap<string, string> };

/** Heading, moves and worst groups of one rule; nothing for a rule whose groups nobody asked for. */
export function worstLines(rule: RuleReport, options: WorstOptions): readonly string[] {
  const { width, paint } = options;
  const limit = rule.limit === null ? "" : `, limit ${rule.limit}`;
  const heading = `${paint("bold", rule.code)}  ${days(rule.range)}${limit}`;
  const moves = rule.moves.length === 0 ? [] : hanging("  ", movesText(rule), width);
  const table = worstTable(rule, options);
  return moves.length + table.length === 0 ? [] : [heading, ...moves, ...table];
}

function movesText({ moves }: RuleReport): string {
  const shown = moves.slice(0, MOVES_SHOWN).map(({ move, findings }) => `${move} ${grouped(findings)}`);
  const left = moves.length - shown.length;
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].map(unbroken).join(", ");
}

function worstTable({ worst, measure, range }: RuleReport, { width, names }: WorstOptions): readonly string[] {
  const withYear = needsYear(range);
  const columns: readonly Column[] = [
    { cells: worst.map((one) => sizeText(one, measure)), align: "right" },
    { cells: worst.map(({ id }) => fit(id, ID_WIDTH_MAX)) },
    { cells: worst.map(({ title }) => (title === "" ? "(no title)" : harmless(title))), takesRest: true },
    { cells: worst.map(({ by }) => (by === null ? "" : fit(by, BY_WIDTH_MAX))) },
    { cells: worst.map((one) => when(one.range, withYear)) },
    { cells: worst.map(({ file }) => (file === "" ? "" : fit(names.get(file) ?? file, FILE_WIDTH_MAX))) },
  ];
  return columnLines(columns, width, "  ");
}

function sizeText({ size, findings }: Worst, measure: RuleReport["measure"]): string {
  if (measure === "depth") return `depth ${size}`;
  if (measure === "lifeMs") return size > 0 ? `after ${length(size)}` : "";
  return `${grouped(size === 0 ? findings : size)} x`;
}
