// Pages of a view, events or rows, with a turn for everybody else between them: a verification is long, and what it reads
// is one snapshot.

import { setImmediate } from "node:timers/promises";
import { HEAD_KEY } from "../../core/index.ts";
import type { StoredEvent, StoredRow, View } from "../../store/index.ts";
import { KernelFault } from "../fault.ts";
import { readRow } from "../row-reads.ts";

const PAGE = 500;

/** Pages of events, each of those that follow a sequence. */
export type EventPages = (after: number) => AsyncIterable<readonly StoredEvent[]>;

/** The events of a view that follow a sequence, in pages. */
export function eventPages(view: View): EventPages {
  return async function* (after) {
    for (let last = after; ;) {
      const page = await view.events(last, PAGE);
      if (page.length > 0) yield page;
      last = page.at(-1)?.sequence ?? last;
      if (page.length < PAGE) return;
      await setImmediate();
    }
  };
}

/** The event that the rows say they are the fold of; null where the row that says it is not there or not readable. */
export async function endOfRows(view: View): Promise<number | null> {
  try {
    const row = await readRow(view, HEAD_KEY);
    return row?.kind === "head" ? row.sequence : null;
  } catch (error) {
    if (error instanceof KernelFault) return null;
    throw error;
  }
}

/** Every row of a view in the order of the keys, in pages. */
export async function* rowPages(view: View): AsyncGenerator<readonly StoredRow[]> {
  let after: string | undefined;
  for (;;) {
    const page = await view.rows({ prefix: "", limit: PAGE, ...(after === undefined ? {} : { after }) });
    if (page.length > 0) yield page;
    after = page.at(-1)?.key;
    if (page.length < PAGE) return;
    await setImmediate();
  }
}
