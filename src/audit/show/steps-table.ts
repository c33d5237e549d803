// The table of an audit of steps: by which rule how many histories would have been refused, what came after, and the
// worst. Below it, rule by rule, its worst histories.

import type { RefusedHistory, StepRuleReport } from "../steps/report.ts";
import { grouped, knownMoney, money, needsYear, when } from "./amounts.ts";
import { columnLines } from "./columns.ts";
import type { Column } from "./columns.ts";
import type { PageOptions } from "./page-options.ts";
import { fit, harmless, widthOf } from "./plain.ts";
import { whatOf } from "./step-words.ts";

const ID_WIDTH_MAX = 24;
/** Below so many columns the worst's id says more than the beginning of a sentence. */
const WORST_WIDTH_LEAST = 36;
const WORST_WIDTH_NONE = 8;

/** Tokens without a price, short: `812`, `45k`, `1.2M`. */
export function tokens(count: number): string {
  if (count < 1_000) return String(count);
  return count < 999_500 ? `${Math.round(count / 1_000)}k` : `${(count / 1_000_000).toFixed(1)}M`;
}

function worstText({ short, own, code }: RefusedHistory, isLong: boolean): string {
  const id = fit(short, ID_WIDTH_MAX);
  return isLong ? `${id}  ${grouped(own.steps)} steps, ${whatOf(code)}` : id;
}

/** The table with its heading; nothing where nothing was found. */
export function stepRulesTable(rules: readonly StepRuleReport[], { width, paint }: PageOptions): readonly string[] {
  if (rules.length === 0) return [];
  const isUnpriced = rules.some(({ after }) => after.unpricedTokens > 0);
  // Where nothing has a price, a column of dashes would only take the room of the worst.
  const isPriced = !isUnpriced || rules.some(({ after }) => after.costMicros > 0);
  const before: readonly Column[] = [
    { cells: ["RULE", ...rules.map(({ code }) => code)] },
    { cells: ["MODE", ...rules.map(({ mode }) => mode)] },
    { cells: ["HISTORIES", ...rules.map(({ histories }) => grouped(histories))], align: "right" },
    { cells: ["STEPS AFTER", ...rules.map(({ after }) => grouped(after.steps))], align: "right" },
    ...(isPriced ? [costColumn(rules)] : []),
    ...(isUnpriced ? [unpricedColumn(rules)] : []),
  ];
  const used = before.reduce((sum, { cells }) => sum + Math.max(...cells.map(widthOf)) + 2, 0);
  const isLong = width - used >= WORST_WIDTH_LEAST;
  const worst = rules.map((rule) => (rule.worst[0] === undefined ? "" : worstText(rule.worst[0], isLong)));
  // The worst stand below once more: half an id would say nothing.
  const last: readonly Column[] =
    width - used < WORST_WIDTH_NONE ? [] : [{ cells: ["WORST", ...worst], takesRest: true }];
  const columns: readonly Column[] = [...before, ...last];
  const [heading = "", ...lines] = columnLines(columns, width, "");
  return [paint("dim", heading), ...lines];
}

function costColumn(rules: readonly StepRuleReport[]): Column {
  return { cells: ["COST AFTER*", ...rules.map(({ after }) => knownMoney(after.costMicros))], align: "right" };
}

function unpricedColumn(rules: readonly StepRuleReport[]): Column {
  return { cells: ["UNPRICED", ...rules.map(({ after }) => tokens(after.unpricedTokens))], align: "right" };
}

/** A rule's worst histories under its name. */
export function stepWorstLines(rule: StepRuleReport, { width, paint }: PageOptions): readonly string[] {
  const { code, mode, worst, histories } = rule;
  if (worst.length === 0) return [];
  const heading = `${paint("bold", code)}  ${whatOf(code)}, ${mode === "enforce" ? "enforced" : "observed"}`;
  const left = histories - worst.length;
  return [heading, ...worstTable(worst, width), ...(left > 0 ? [`  and ${grouped(left)} more`] : [])];
}

function worstTable(worst: readonly RefusedHistory[], width: number): readonly string[] {
  const withYear = worst.some(({ range }) => needsYear(range));
  const columns: readonly Column[] = [
    { cells: worst.map(({ short }) => fit(short, ID_WIDTH_MAX)) },
    { cells: worst.map(({ step }) => `step ${grouped(step)}`), align: "right" },
    { cells: worst.map(({ after }) => `+${grouped(after.steps)}`), align: "right" },
    { cells: worst.map(({ after }) => (after.costMicros === 0 ? "" : money(after.costMicros))), align: "right" },
    { cells: worst.map(({ tool, call }) => harmless(`${tool} ${call}`)), takesRest: true },
    { cells: worst.map(({ reachedNew }) => (reachedNew ? "check" : "")) },
    { cells: worst.map(({ range }) => dayOf(range, withYear)) },
  ];
  return columnLines(columns, width, "  ");
}

/** The day on which it began. */
function dayOf(range: RefusedHistory["range"], withYear: boolean): string {
  return range === null ? "" : when({ firstMs: range.firstMs, lastMs: range.firstMs }, withYear);
}
