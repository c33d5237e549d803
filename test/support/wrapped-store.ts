// A store, or a session or view of one, with some of its methods replaced: classes have no spread.

import type { Session, Store, View } from "../../src/store/index.ts";

/** The same session but for these methods. */
export function sessionWith(session: Session, other: Partial<Session>): Session {
  return {
    ...viewWith(session, {}),
    count: (name, by) => session.count(name, by),
    append: (...parts) => session.append(...parts),
    ...other,
  };
}

/** The same view but for these methods. */
export function viewWith(view: View, other: Partial<View>): View {
  return {
    head: () => view.head(),
    load: (keys) => view.load(keys),
    event: (sequence) => view.event(sequence),
    events: (after, limit) => view.events(after, limit),
    rows: (page) => view.rows(page),
    search: (prefix, query, limit) => view.search(prefix, query, limit),
    counters: () => view.counters(),
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
