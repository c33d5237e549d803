// The hash chain: each event's hash covers the one before it and its own exact bytes.

import { hash } from "node:crypto";
import { encodeEvent } from "./codec.ts";
import type { Event } from "../core/index.ts";
import type { StoredEvent, StoredHead } from "../store/index.ts";

/** The hash before the first event. */
export const GENESIS: string = "0".repeat(64);

/** The log format this kernel writes; a head that asks for a newer one is read, never written. */
export const WRITER = 3;

/** SHA-256 over the previous hash (as hex) and the event's bytes, as 64 lower-case hex digits. */
export function chainHash(previous: string, bytes: string): string {
  return hash("sha256", previous + bytes, "hex");
}

/** Events as they are stored, chained after `previous`. */
export function seal(events: readonly Event[], previous: string): readonly StoredEvent[] {
  let last = previous;
  return events.map((event) => {
    const bytes = encodeEvent(event);
    last = chainHash(last, bytes);
    return { sequence: event.sequence, at: event.at, type: event.type, bytes, hash: last };
  });
}

/** The head that stands after these events. */
export function headAfter(events: readonly StoredEvent[], head: StoredHead | null): StoredHead | null {
  const last = events.at(-1);
  if (last === undefined) return head;
  return { sequence: last.sequence, hash: last.hash, minWriter: head?.minWriter ?? WRITER };
}
