// Lists: a table for people, JSON lines for machines, ids alone with -q, and a kind word where there is nothing.

import { tableLines, terminalWidth } from "./table.ts";
import type { Columns } from "./table.ts";
import type { Call } from "../args/spec.ts";

type Items<T> = {
  readonly items: readonly T[];
  readonly id: (item: T) => string;
  /** Its form for machines, where that is another one. */
  readonly json?: (item: T) => object;
  /** Said on stderr for an empty list: what that means and what comes next. */
  readonly empty: string;
};

export type Listing<T> = Items<T> & { readonly columns: (items: readonly T[]) => Columns };

/** A list whose items take a few lines each. */
export type Blocks<T> = Items<T> & { readonly block: (item: T) => readonly string[] };

/** What is the same for every list; false where it is the people's form that is asked for. */
function isPrinted<T>({ io, globals }: Call, { items, id, json, empty }: Items<T>): boolean {
  if (items.length === 0) {
    if (!globals.json && !globals.quiet) io.err.line(empty);
    return true;
  }
  if (globals.json) io.out.line(items.map((item) => JSON.stringify(json?.(item) ?? item)).join("\n"));
  else if (globals.quiet) io.out.line(items.map(id).join("\n"));
  return globals.json || globals.quiet;
}

/** Prints the list in the form this call asked for. */
export async function printList<T>(call: Call, listing: Listing<T>): Promise<number> {
  if (isPrinted(call, listing)) return 0;
  const { io, paint } = call;
  const lines = await tableLines(listing.columns(listing.items), terminalWidth(io.out.terminal), paint);
  io.out.line(lines.join("\n"));
  return 0;
}

/** Prints the list in the form this call asked for: a few lines an item. */
export function printBlocks<T>(call: Call, blocks: Blocks<T>): number {
  if (!isPrinted(call, blocks)) call.io.out.line(blocks.items.flatMap(blocks.block).join("\n"));
  return 0;
}
