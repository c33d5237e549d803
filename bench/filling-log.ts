// Makes a log long in a short time: chained events that change no row but the head, some thousands to a transaction. They
// are as long as those of steps; nobody folds them.

import { HEAD_KEY } from "../src/core/index.ts";
import { chainHash, decodeRow, encodeRow } from "../src/kernel/index.ts";
import type { Session, Store, StoredEvent, StoredHead } from "../src/store/index.ts";
import { WORKSPACE } from "./world.ts";

const AT_ONCE = 5_000;
const PADDING = "x".repeat(600);

function chained(before: StoredHead, at: number, count: number): readonly StoredEvent[] {
  let hash = before.hash;
  return Array.from({ length: count }, (_, index) => {
    const sequence = before.sequence + index + 1;
    const bytes = `{"v":3,"sequence":${sequence},"at":${at},"type":"filling","body":"${PADDING}"}`;
    hash = chainHash(hash, bytes);
    return { sequence, at, type: "filling", bytes, hash };
  });
}

async function append(session: Session, most: number): Promise<number> {
  const before = await session.head();
  const [bytes] = await session.load([HEAD_KEY]);
  const row = decodeRow(bytes ?? "", HEAD_KEY);
  if (before === null || row.kind !== "head") throw new Error("there is no workspace to fill");
  const events = chained(before, row.at, Math.min(AT_ONCE, most - before.sequence));
  const last = events.at(-1);
  if (last === undefined) return before.sequence;
  const next = { sequence: last.sequence, hash: last.hash, minWriter: before.minWriter };
  await session.append(before, next, events, [
    { key: HEAD_KEY, bytes: encodeRow({ ...row, sequence: last.sequence }) },
  ]);
  return last.sequence;
}

/** Brings the log of a workspace that has a policy to so many events. */
export async function fillLog(store: Store, events: number): Promise<void> {
  for (let length = 0; length < events;) length = await store.transact(WORKSPACE, (session) => append(session, events));
}
