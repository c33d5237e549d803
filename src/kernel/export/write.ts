// The log as lines, a page at a time: all of it is one moment, and memory stays small whatever the length.

import type { Store } from "../../store/index.ts";
import { ChainWatch } from "../chain-watch.ts";
import { eventPages } from "../verify/pages.ts";
import { exportLine } from "./line.ts";

/** What was exported: so many events, the last one and its hash, and the first that the chain does not cover, or null. */
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
    const head = await view.head();
    const before = since === 0 ? null : await view.event(since);
    const watch = new ChainWatch(before?.hash);
    let exported: Exported = { events: 0, sequence: since, headHash: "", brokenAt: null };
    for await (const page of eventPages(view)(since)) {
      const last = page.at(-1);
      for (const event of page) watch.see(event);
      exported = {
        events: exported.events + page.length,
        sequence: last?.sequence ?? exported.sequence,
        headHash: last?.hash ?? exported.headHash,
        brokenAt: watch.brokenAt,
      };
      if (!write(page.map((event) => exportLine(event)).join("\n"), exported.sequence, head?.sequence ?? 0)) break;
    }
    return exported;
  });
}
