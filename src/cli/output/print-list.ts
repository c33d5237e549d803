// Lists: a table for people, JSON lines for machines, ids alone with -q, and a kind word where there is nothing.

import { tableLines, terminalWidth } from "./table.ts";
import type { Columns } from "./table.ts";
import type { Call } from "../args/spec.ts";

export type Listing<T> = {
  readonly items: readonly T[];
  readonly id: (item: T) => string;
  readonly columns: (items: readonly T[]) => Columns;
  /** Said on stderr for an empty list: what that means and what comes next. */
  readonly empty: string;
};

/** Prints the list in the form this call asked for. */
export async function printList<T>(call: Call, { items, id, columns, empty }: Listing<T>): Promise<number> {
  const { io, globals, paint } = call;
  if (items.length === 0) {
    if (!globals.json && !globals.quiet) io.err.line(empty);
    return 0;
  }
  if (globals.json) io.out.line(items.map((item) => JSON.stringify(item)).join("\n"));
  else if (globals.quiet) io.out.line(items.map(id).join("\n"));
  else io.out.line((await tableLines(columns(items), terminalWidth(io.out.terminal), paint)).join("\n"));
  return 0;
}
