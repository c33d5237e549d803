// A store that ends its process at a chosen point of a chosen transaction, as the kernel's own code comes to it: with the
// lock taken, before the append, after it, and after the commit with the answer still unsaid.

import type { Session, Store } from "../../src/store/index.ts";
import { sessionWith, storeWith } from "../support/wrapped-store.ts";
import type { Point } from "./orders.ts";

export function deadlyStore(store: Store, reach: (point: Point) => void): Store {
  const within = (session: Session): Session =>
    sessionWith(session, {
      append: async (...parts) => {
        reach("appending");
        await session.append(...parts);
        reach("appended");
      },
    });
  const transact: Store["transact"] = async (workspace, work, options) => {
    const deadly: typeof work = async (session) => {
      reach("begun");
      return await work(within(session));
    };
    const done = await store.transact(workspace, deadly, options);
    reach("committed");
    return done;
  };
  return storeWith(store, { transact });
}

/** Counts the times the chosen point is reached, and the nth time sends SIGKILL to its own process, with its last words. */
export function killerAt(point: Point, nth: number, lastWords: () => void): (reached: Point) => void {
  let times = 0;
  return (reached) => {
    if (reached !== point) return;
    times += 1;
    if (times !== nth) return;
    lastWords();
    process.kill(process.pid, "SIGKILL");
  };
}
