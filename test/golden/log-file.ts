// A golden log as a file: one line an event, {"sequence","hash","event"}, where `event` is the very bytes that were hashed;
// and how such a file becomes a store again, with rows folded anew.

import { evolve } from "../../src/core/index.ts";
import type { Row } from "../../src/core/index.ts";
import { decodeEvent, encodeRow } from "../../src/kernel/index.ts";
import { openMemoryStore } from "../../src/store/index.ts";
import type { Store, StoredEvent } from "../../src/store/index.ts";

const PAGE = 1_000;

/** Every event of a workspace's log, in order. */
export async function eventsOf(store: Store, workspace: string): Promise<readonly StoredEvent[]> {
  return store.read(workspace, async (view) => {
    const found: StoredEvent[] = [];
    for (;;) {
      const page = await view.events(found.length, PAGE);
      found.push(...page);
      if (page.length < PAGE) return found;
    }
  });
}

export function written(events: readonly StoredEvent[]): string {
  return events
    .map(({ sequence, hash, bytes }) => `{"sequence":${sequence},"hash":"${hash}","event":${bytes}}\n`)
    .join("");
}

const LINE = /^\{"sequence":(\d+),"hash":"([0-9a-f]{64})","event":(.*)\}$/s;

/** @throws Error for a line that is none of such a file. */
export function read(text: string): readonly StoredEvent[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const [, number, hash = "", bytes = ""] = LINE.exec(line) ?? [];
      if (number === undefined) throw new Error(`this is no line of a golden log: ${line.slice(0, 80)}`);
      const { sequence, at, type } = decodeEvent(bytes, Number(number));
      return { sequence, at, type, bytes, hash };
    });
}

/** The rows that these events fold to. */
export function foldOf(events: readonly StoredEvent[]): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  const view = { get: (key: string): Row | null => rows.get(key) ?? null };
  for (const { bytes, sequence } of events)
    for (const [key, row] of evolve(view, [decodeEvent(bytes, sequence)])) {
      if (row === null) rows.delete(key);
      else rows.set(key, row);
    }
  return rows;
}

const MIN_WRITER = 3;

/** A store that holds these events and the rows they fold to, under this workspace. */
export async function storeOf(events: readonly StoredEvent[], workspace: string): Promise<Store> {
  const store = openMemoryStore();
  const last = events.at(-1);
  if (last === undefined) return store;
  const next = { sequence: last.sequence, hash: last.hash, minWriter: MIN_WRITER };
  const rows = [...foldOf(events)].map(([key, row]) => ({ key, bytes: encodeRow(row) }));
  await store.transact(workspace, (session) => session.append(null, next, events, rows));
  return store;
}
