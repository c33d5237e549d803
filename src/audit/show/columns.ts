// Cells in columns, two spaces apart, as wide as the widest; one column takes what the others leave of the line.

import { cut, padEnd, widthOf } from "./plain.ts";

/** Harmless cells, one a row. A column that is empty in every row takes no room. */
export type Column = { readonly cells: readonly string[]; readonly align?: "right"; readonly takesRest?: true };

const GAP = "  ";

/** What the column that takes the rest keeps on a line that is too narrow; then the line is cut. */
const REST_WIDTH_LEAST = 16;

/** One line a row, each at most `width` columns, after `indent`. */
export function columnLines(columns: readonly Column[], width: number, indent: string): readonly string[] {
  const shown = columns.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const widths = widthsOf(shown, width - widthOf(indent));
  const rows = shown[0]?.cells.map((_, row) => row) ?? [];
  return rows.map((row) => {
    const cells = shown.map(({ cells: all, align }, index) => sized(all[row] ?? "", widths[index] ?? 0, align));
    return cut((indent + cells.join(GAP)).trimEnd(), width);
  });
}

function widthsOf(columns: readonly Column[], width: number): readonly number[] {
  const own = columns.map(({ cells }) => Math.max(...cells.map(widthOf)));
  const others = columns.reduce((sum, { takesRest }, index) => sum + (takesRest === true ? 0 : (own[index] ?? 0)), 0);
  const rest = Math.max(REST_WIDTH_LEAST, width - others - GAP.length * (columns.length - 1));
  return columns.map(({ takesRest }, index) => (takesRest === true ? rest : (own[index] ?? 0)));
}

function sized(cell: string, width: number, align: Column["align"]): string {
  const fitting = cut(cell, width);
  return align === "right" ? " ".repeat(width - widthOf(fitting)) + fitting : padEnd(fitting, width);
}
