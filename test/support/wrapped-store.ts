// A store, or a session of one, with some of its methods replaced: classes have no spread.

import type { Session, Store } from "../../src/store/index.ts";

/** The same session but for these methods. */
export function sessionWith(session: Session, other: Partial<Session>): Session {
  return {
    head: () => session.head(),
    load: (keys) => session.load(keys),
    event: (sequence) => session.event(sequence),
    events: (after, limit) => session.events(after, limit),
    rows: (page) => session.rows(page),
    search: (prefix, query, limit) => session.search(prefix, query, limit),
    counters: () => session.counters(),
    count: (name, by) => session.count(name, by),
    append: (...parts) => session.append(...parts),
    ...other,
  };
}

/** The same store but for these methods. */
export function storeWith(store: Store, other: Partial<Store>): Store {
  return {
    kind: store.kind,
    read: (workspace, work) => store.read(workspace, work),
    transact: (workspace, work, options) => store.transact(workspace, work, options),
    checkpoints: store.checkpoints,
    workspaces: () => store.workspaces(),
    facts: () => store.facts(),
    check: () => store.check(),
    close: () => store.close(),
    ...other,
  };
}
