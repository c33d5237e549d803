// The worst of one rule: how bad, which task, its title, who, when. The moves of a lifecycle rule come first, because
// one line of them says more than a list of ids.

import type { RuleReport, Worst } from "../report.ts";
import { day, days, grouped, length } from "./amounts.ts";
import type { PageOptions } from "./page-options.ts";
import { cut, fit, hanging, padEnd, widthOf } from "./plain.ts";

const ID_WIDTH_MAX = 24;
const TAIL_WIDTH_MAX = 34;
const TITLE_WIDTH_LEAST = 16;
const MOVES_SHOWN = 6;
const DAY_MS = 86_400_000;

/** Heading, moves and worst groups of one rule; nothing for a rule whose groups nobody asked for. */
export function worstLines(rule: RuleReport, options: PageOptions): readonly string[] {
  const { width, paint } = options;
  const heading = `${paint("bold", rule.code)}  ${days(rule.range)}`;
  const moves = rule.moves.length === 0 ? [] : hanging("  ", movesText(rule), width);
  const table = worstTable(rule, width);
  return moves.length + table.length === 0 ? [] : [heading, ...moves, ...table];
}

function movesText({ moves }: RuleReport): string {
  const shown = moves.slice(0, MOVES_SHOWN).map(({ move, findings }) => `${move} ${grouped(findings)}`);
  const left = moves.length - shown.length;
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join(", ");
}

function worstTable({ worst, measure }: RuleReport, width: number): readonly string[] {
  const cells = worst.map((one) => ({
    size: sizeText(one, measure),
    id: fit(one.id, ID_WIDTH_MAX),
    tail: fit(tailText(one), TAIL_WIDTH_MAX),
    title: one.title === "" ? "(no title)" : one.title,
  }));
  const sizeWidth = Math.max(0, ...cells.map(({ size }) => size.length));
  const idWidth = Math.max(0, ...cells.map(({ id }) => widthOf(id)));
  const tailWidth = Math.max(0, ...cells.map(({ tail }) => widthOf(tail)));
  const titleWidth = Math.max(TITLE_WIDTH_LEAST, width - sizeWidth - idWidth - tailWidth - 8);
  return cells.map(({ size, id, tail, title }) => {
    const line = `  ${size.padStart(sizeWidth)}  ${padEnd(id, idWidth)}  ${padEnd(fit(title, titleWidth), titleWidth)}  ${tail}`;
    return cut(line, width).trimEnd();
  });
}

function sizeText({ size, findings }: Worst, measure: RuleReport["measure"]): string {
  if (measure === "depth") return `depth ${size}`;
  if (measure === "lifeMs") return size > 0 ? `after ${length(size)}` : "";
  return `${grouped(size === 0 ? findings : size)} x`;
}

/** Who and when: a burst says how short it was. */
function tailText({ by, range, file }: Worst): string {
  const who = by === null ? "" : `${by}, `;
  const where = file === "" ? "" : `, ${file}`;
  if (range === null) return who + where;
  const lastedMs = range.lastMs - range.firstMs;
  const when = lastedMs > 0 && lastedMs < DAY_MS ? `${day(range.firstMs)}, in ${length(lastedMs)}` : days(range);
  return who + when + where;
}
