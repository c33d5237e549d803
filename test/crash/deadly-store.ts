// A store that ends its process at a chosen point of a chosen transaction, as the kernel's own code comes to it: with the
// lock taken, before the append, after it, and after the commit with the answer still unsaid.

import type { Session, Store } from "../../src/store/index.ts";
import type { Point } from "./orders.ts";

export function deadlyStore(store: Store, reach: (point: Point) => void): Store {
  const within = (session: Session): Session => ({
    head: () => session.head(),
    load: (keys) => session.load(keys),
    event: (sequence) => session.event(sequence),
    events: (after, limit) => session.events(after, limit),
    rows: (page) => session.rows(page),
    search: (prefix, query, limit) => session.search(prefix, query, limit),
    counters: () => session.counters(),
    count: (name, by) => session.count(name, by),
    append: async (expected, next, events, rows) => {
      reach("appending");
      await session.append(expected, next, events, rows);
      reach("appended");
    },
  });
  return {
    kind: store.kind,
    read: (workspace, work) => store.read(workspace, work),
    transact: async (workspace, work, options) => {
      const done = await store.transact(
        workspace,
        async (session) => {
          reach("begun");
          return await work(within(session));
        },
        options,
      );
      reach("committed");
      return done;
    },
    workspaces: () => store.workspaces(),
    facts: () => store.facts(),
    check: () => store.check(),
    checkpoints: store.checkpoints,
    close: () => store.close(),
  };
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
