// Reading the log in pages: forwards from a place, backwards from its end, and the place of a point in time.

import type { Event } from "../core/index.ts";
import type { Kernel, LoggedEvent } from "../kernel/index.ts";

const PAGE = 500;

export type Keep = (event: Event) => boolean;

/** The events after a sequence that `keep` keeps, in order, a page at a time; ends at the end of the log. */
export async function* eventsAfter(
  kernel: Kernel,
  afterSequence: number,
  keep: Keep,
): AsyncGenerator<readonly LoggedEvent[]> {
  for (let after = afterSequence; ;) {
    const page = await kernel.events(after, PAGE);
    yield page.filter(({ event }) => keep(event));
    after = page.at(-1)?.event.sequence ?? after;
    if (page.length < PAGE) return;
  }
}

/** The last `limit` events up to `end` that `keep` keeps, in order. */
export async function lastEvents(
  kernel: Kernel,
  end: number,
  limit: number,
  keep: Keep,
): Promise<readonly LoggedEvent[]> {
  let found: readonly LoggedEvent[] = [];
  for (let before = end; before > 0 && found.length < limit;) {
    const after = Math.max(0, before - PAGE);
    const page = await kernel.events(after, before - after);
    found = [...page.filter(({ event }) => keep(event)), ...found];
    before = after;
  }
  return found.slice(-limit);
}

/** The sequence of the last event before a point in time; 0 where there is none. */
export async function sequenceBefore(kernel: Kernel, at: number, end: number): Promise<number> {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [found] = await kernel.events(middle - 1, 1);
    if (found !== undefined && found.event.at < at) low = middle;
    else high = middle - 1;
  }
  return low;
}
