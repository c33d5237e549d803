// A log with some of its bytes written anew and chained again from there: what a store would hold that another version, or
// a hand, had filled. For tests that look for the difference.

import { chainHash, GENESIS } from "../../src/kernel/index.ts";
import type { Store, StoredEvent } from "../../src/store/index.ts";
import { eventsOf, storeOf } from "../golden/log-file.ts";

/** The same workspace with each event's bytes as `change` gives them. */
export async function rewritten(store: Store, change: (event: StoredEvent) => string, workspace = "w"): Promise<Store> {
  let hash = GENESIS;
  const events = (await eventsOf(store, workspace)).map((event) => {
    const bytes = change(event);
    hash = chainHash(hash, bytes);
    return { ...event, bytes, hash };
  });
  return storeOf(events, workspace);
}
