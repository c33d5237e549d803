// A few steps of one history as a page: which step would have been refused and why, the steps around it, and the refusal
// as the agent would have read it.

import type { Trace, TraceRow, Verdict } from "../steps/trace.ts";
import { nameOf } from "../steps/history.ts";
import { clock, counted, day, grouped, money } from "./amounts.ts";
import { columnLines } from "./columns.ts";
import type { PageOptions } from "./page-options.ts";
import { fit, hanging, harmless, wrapped } from "./plain.ts";
import { readHeading, refusalLines, verdictOf } from "./step-words.ts";

/** `policyName` as the report names it. */
export type TraceOptions = PageOptions & { readonly policyName: string };

const TOOL_WIDTH_MAX = 18;

function headLines({ history }: Trace, { width, paint }: TraceOptions): readonly string[] {
  const { own, places, firstMs, lastMs, file } = history;
  const times = firstMs > lastMs ? [] : [`${day(firstMs)} ${clock(firstMs)} - ${clock(lastMs)}`];
  const cost = own.costMicros === 0 ? [] : [`${money(own.costMicros)} at list price`];
  const tokens = own.unpricedTokens === 0 ? [] : [`${grouped(own.unpricedTokens)} tokens without a price`];
  const about = [counted(places, "step"), ...times, ...cost, ...tokens].join(", ");
  return [paint("bold", harmless(nameOf(history))), ...wrapped(harmless(`${about}, in ${file}`), width)];
}

/** What the rules say of the step that is looked at. */
function verdictLines({ target, rows }: Trace, { width, paint, policyName }: TraceOptions): readonly string[] {
  if (target === null) return wrapped("none of its steps would have been refused: these are the last of them.", width);
  const verdict = verdictAt(rows, target);
  if (verdict === null) return wrapped(`no rule would have refused step ${grouped(target)}.`, width);
  const { code, numbers, mode } = verdict;
  const how = mode === "enforce" ? "enforced" : "observed only";
  const text = `step ${grouped(target)} would have been refused by ${code} (${how} under ${harmless(policyName)}): ${verdictOf(code, numbers)}.`;
  return wrapped(text, width).map((line) => paint("bold", line));
}

const STRETCHES_MAX = 10;

/** Numbers in a row as one stretch: `12 to 41`. */
function stretches(places: readonly number[]): readonly string[] {
  const found: { readonly first: number; last: number }[] = [];
  for (const place of places) {
    const open = found.at(-1);
    if (open !== undefined && open.last === place - 1) open.last = place;
    else found.push({ first: place, last: place });
  }
  return found.flatMap(({ first, last }) => {
    if (last - first < 2) return last === first ? [grouped(first)] : [grouped(first), grouped(last)];
    return [`${grouped(first)} to ${grouped(last)}`];
  });
}

/** The earlier steps that the verdict rests on: they need not be those that look alike. */
function countedLines({ counted: places }: Trace, { width }: TraceOptions): readonly string[] {
  if (places.length === 0) return [];
  const all = stretches(places);
  const shown = all.slice(-STRETCHES_MAX).join(", ");
  const text =
    all.length > STRETCHES_MAX
      ? `${grouped(places.length)} steps, the last of them ${shown}`
      : `${places.length === 1 ? "step" : "steps"} ${shown}`;
  return wrapped(`counted: ${text}`, width);
}

/** What it is and what the rules say of it. */
export function traceHeadLines(trace: Trace, options: TraceOptions): readonly string[] {
  return [...headLines(trace, options), ...verdictLines(trace, options)];
}

/** The refusal of the step with this number; null where it has none. */
export function verdictAt(rows: readonly TraceRow[], target: number | null): Verdict | null {
  return rows.find(({ place, came }) => place === target && came !== "user")?.refused ?? null;
}

/** One line of the table: a step's call, or below it what came back. */
type Line = { readonly row: TraceRow; readonly isResult: boolean };

function linesOf(row: TraceRow): readonly Line[] {
  const call = { row, isResult: false };
  return row.result === null || row.result === "" ? [call] : [call, { row, isResult: true }];
}

function markOf({ place, came, refused }: TraceRow, target: number | null): string {
  if (place === target && came !== "user") return ">";
  return refused === null ? "" : "!";
}

function stepLines({ rows, target }: Trace, { width, paint }: TraceOptions): readonly string[] {
  const all = rows.flatMap(linesOf);
  const of = (cell: (row: TraceRow) => string): readonly string[] =>
    all.map(({ row, isResult }) => (isResult ? "" : cell(row)));
  const what = all.map(({ row, isResult }) => (isResult ? `  ${harmless(row.result ?? "")}` : harmless(row.call)));
  const [heading = "", ...lines] = columnLines(
    [
      { cells: [" ", ...of((row) => markOf(row, target))] },
      { cells: ["STEP", ...of(({ came, place }) => (came === "user" ? "" : grouped(place)))], align: "right" },
      { cells: ["TIME", ...of(({ atMs }) => (atMs === null ? "" : clock(atMs)))] },
      { cells: ["SAME", ...of(({ tag }) => tag)] },
      { cells: ["CAME", ...of(({ came }) => came)] },
      { cells: ["TOOL", ...of(({ tool }) => fit(tool, TOOL_WIDTH_MAX))] },
      { cells: ["CALL, AND WHAT CAME BACK", ...what], takesRest: true },
    ],
    width,
    "",
  );
  const painted = lines.map((line, index) => {
    const at = all[index];
    if (at === undefined || at.isResult) return paint("dim", line);
    return markOf(at.row, target) === ">" ? paint("yellow", line) : line;
  });
  return [paint("dim", heading), ...painted];
}

const LEGEND = "SAME: a letter for a call that was made again, a number for a result that came again. ! also refused";

function asRead(verdict: Verdict | null, { width, paint }: TraceOptions): readonly string[] {
  if (verdict === null) return [];
  const lines = refusalLines(verdict.code, verdict.numbers);
  const heading = wrapped(readHeading(verdict.mode), width).map((line) => paint("bold", line));
  return [...heading, ...lines.flatMap((line) => hanging("  ", line, width))];
}

/** The whole page, line by line. */
export function tracePageLines(trace: Trace, options: TraceOptions): readonly string[] {
  const parts = [
    [...traceHeadLines(trace, options), ...countedLines(trace, options)],
    stepLines(trace, options),
    wrapped(LEGEND, options.width).map((line) => options.paint("dim", line)),
    asRead(verdictAt(trace.rows, trace.target), options),
  ];
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ["", ...part]));
}
