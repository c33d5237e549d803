// Invariants of the log itself: it folds to its rows, has no gap, its time never goes back, and each command was
// granted once.

import { isDeepStrictEqual } from "node:util";
import { isOver } from "../../src/core/index.ts";
import type { Row } from "../../src/core/index.ts";
import { actorOf, Folding, isGrant } from "./history.ts";
import type { Faults, History } from "./history.ts";

const KEPT_MS = 7 * 86_400_000;

/** Rows that are remembered for a while only: they may stand or be swept away. */
function mayBeGone(row: Row | undefined, at: number): boolean {
  return row !== undefined && isOver(row, at);
}

function unlike(folded: ReadonlyMap<string, Row>, rows: ReadonlyMap<string, Row>, at: number): Faults {
  const keys = [...new Set([...folded.keys(), ...rows.keys()])];
  return keys
    .filter((key) => !mayBeGone(folded.get(key), at) && !isDeepStrictEqual(folded.get(key), rows.get(key)))
    .map((key) => `row ${key} is not the fold of the log`);
}

/** 1. Any log prefix folds to exactly its rows: here, the prefix that is this history. */
export function foldFaults({ events, rows }: History): Faults {
  const folding = new Folding();
  for (const event of events) folding.fold(event);
  return unlike(folding.rows, rows, events.at(-1)?.at ?? 0);
}

/** 10. Sequence gap-free, at monotone. The chain is checked by verify. */
export function orderFaults({ events }: History): Faults {
  const faults: string[] = [];
  let [sequence, at] = [0, 0];
  for (const event of events) {
    if (event.sequence !== sequence + 1) faults.push(`${event.sequence} follows ${sequence}`);
    if (event.at < at) faults.push(`${event.sequence}: time goes back from ${at} to ${event.at}`);
    ({ sequence, at } = event);
  }
  return faults;
}

/** 9. At most one grant per idempotency key, for as long as grants are remembered. */
export function grantFaults({ events }: History): Faults {
  const faults: string[] = [];
  const granted = new Map<string, number>();
  for (const event of events) {
    if (!isGrant(event)) continue;
    const key = `${actorOf(event)} ${event.commandId}`;
    const before = granted.get(key);
    if (before !== undefined && event.at < before + KEPT_MS) faults.push(`${event.sequence}: ${key} is granted again`);
    granted.set(key, event.at);
  }
  return faults;
}
