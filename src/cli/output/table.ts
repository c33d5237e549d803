// Columns for people: no borders, cut to the terminal's width, wide characters counted as wide. The library is loaded
// only by the commands that draw a table.

import type { Paint } from "./paint.ts";

/** The last column is the one that gives way on a narrow terminal. */
export type Columns = { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

const GAP = "  ";
const LAST_COLUMN_LEAST = 12;

const NO_BORDERS = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: GAP,
} as const;

/** Columns of the terminal, null where stdout is none. */
export function terminalWidth(terminal: boolean): number | null {
  return terminal ? (process.stdout.columns ?? null) : null;
}

async function draw(
  head: readonly string[],
  rows: Columns["rows"],
  colWidths: (number | null)[],
): Promise<readonly string[]> {
  const { default: Table } = await import("cli-table3");
  const table = new Table({
    head: [...head],
    chars: NO_BORDERS,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths,
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
}

/** The table as lines, its heading first. `width` null cuts nothing. */
export async function tableLines(
  { head, rows }: Columns,
  width: number | null,
  paint: Paint,
): Promise<readonly string[]> {
  const whole = await draw(head, rows, []);
  const cut = width !== null && whole.some((line) => line.length > width);
  const lines = cut ? await draw(head, rows, [...head.slice(1).map(() => null), lastWidth(whole, head, width)]) : whole;
  return lines.map((line, index) => (index === 0 ? paint("dim", line) : line));
}

/** What the columns before it leave to the last one. */
function lastWidth(whole: readonly string[], head: readonly string[], width: number): number {
  const before = (whole[0] ?? "").lastIndexOf(head.at(-1) ?? "");
  return Math.max(LAST_COLUMN_LEAST, width - before);
}
