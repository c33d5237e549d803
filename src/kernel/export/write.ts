// The log as lines, a page at a time: all of it is one moment, and memory stays small whatever the length.

import type { Store } from "../../store/index.ts";
import { ChainWatch } from "../chain-watch.ts";
import { endOfRows, eventPages } from "../verify/pages.ts";
import { exportLine } from "./line.ts";

/** What was exported: so many events, the last one and its hash, and the first that is missing or not covered by the chain. */
export type Exported = {
  readonly events: number;
  readonly sequence: number;
  readonly headHash: string;
  readonly brokenAt: number | null;
};

/**
 * Gives every event after `since` to `write`, some lines at a time, without the last one's end; `false` from it ends the
 * export early.
 */
export async function exportEvents(
  store: Store,
  workspace: string,
  since: number,
  write: (lines: string, done: number, total: number) => boolean,
): Promise<Exported> {
  return store.read(workspace, async (view) => {
    const end = await view.head();
    const before = since === 0 ? null : await view.event(since);
    const watch = new ChainWatch(since, before?.hash);
    const exported = { events: 0, sequence: since, headHash: "" };
    for await (const page of eventPages(view)(since)) {
      for (const event of page) {
        watch.see(event);
        exported.headHash = event.hash;
      }
      exported.events += page.length;
      exported.sequence = watch.sequence;
      const goesOn = write(page.map((event) => exportLine(event)).join("\n"), watch.sequence, end?.sequence ?? 0);
      if (!goesOn) return { ...exported, brokenAt: watch.brokenAt };
    }
    watch.end(end, (await endOfRows(view)) ?? 0);
    return { ...exported, brokenAt: watch.brokenAt };
  });
}
