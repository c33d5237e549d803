// Makes logs grow in tests, and looks at what a store holds.

import { createHash } from "node:crypto";
import type { RowChange, Store, StoredEvent, StoredHead } from "../../src/store/index.ts";

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export type Growth = { readonly next: StoredHead; readonly events: readonly StoredEvent[] };

/** Events with these bytes that follow `head`, and the head that they lead to. */
export function follow(head: StoredHead | null, ...texts: readonly string[]): Growth {
  const events: StoredEvent[] = [];
  let hash = head?.hash ?? hashOf("");
  let sequence = head?.sequence ?? 0;
  for (const bytes of texts) {
    hash = hashOf(hash + bytes);
    sequence += 1;
    events.push({ sequence, at: 1_700_000_000_000 + sequence, type: "thing_happened", bytes, hash });
  }
  return { next: { sequence, hash, minWriter: head?.minWriter ?? 1 }, events };
}

/** Appends one event with these bytes, and row changes, whatever the head is. */
export function put(
  store: Store,
  workspace: string,
  bytes: string,
  rows: readonly RowChange[] = [],
): Promise<StoredHead> {
  return store.transact(workspace, async (session) => {
    const head = await session.head();
    const { next, events } = follow(head, bytes);
    await session.append(head, next, events, rows);
    return next;
  });
}

/** One row, read in a snapshot of its own. */
export async function rowOf(store: Store, workspace: string, key: string): Promise<string | null> {
  const [row] = await store.read(workspace, (view) => view.load([key]));
  return row ?? null;
}

export function headOf(store: Store, workspace: string): Promise<StoredHead | null> {
  return store.read(workspace, (view) => view.head());
}

/** Everything that a workspace holds, to compare before and after. */
export function everything(store: Store, workspace: string): Promise<object> {
  return store.read(workspace, async (view) => ({
    head: await view.head(),
    events: await view.events(0, 1_000_000),
    rows: await view.rows({ prefix: "", limit: 1_000_000 }),
    counters: await view.counters(),
  }));
}
