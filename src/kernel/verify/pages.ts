// Pages of a view, events or rows, with a turn for everybody else between them: a verification is long, and what it reads
// is one snapshot.

import { setImmediate } from "node:timers/promises";
import type { StoredEvent, StoredRow, View } from "../../store/index.ts";

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
