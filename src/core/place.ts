// Gives drafts their place in the log: sequence, time and cause. A command's own events carry its decision on the first;
// what merely fell due is the system's.

import type { Command } from "./command.ts";
import type { RecordedDecision } from "./decision.ts";
import type { Draft, Event, EventEnvelope } from "./event.ts";
import { evolveInto } from "./evolve.ts";
import { Overlay } from "./rows/overlay.ts";
import type { Rows } from "./rows/rows.ts";

/** Who caused events, and when: all of an envelope that they share. */
type Cause = Omit<EventEnvelope, "sequence" | "digest" | "decision">;

type First = Pick<EventEnvelope, "digest" | "decision">;

const NO_MORE: First = { digest: null, decision: null };

/** `first` is what only the first event carries. */
function placed(drafts: readonly Draft[], after: number, cause: Cause, first: First): readonly Event[] {
  return drafts.map((draft, index): Event => {
    const { digest, decision } = index === 0 ? first : NO_MORE;
    const { v, at, workspace, commandId, actor, kind, proven, run, fence } = cause;
    const sequence = after + index + 1;
    return { v, sequence, at, workspace, commandId, actor, kind, proven, run, fence, digest, decision, ...draft };
  });
}

/** What fell due, as events of the system's own. */
export function expiryEvents(drafts: readonly Draft[], after: number, at: number, command: Command): readonly Event[] {
  if (drafts.length === 0) return NOTHING;
  const { workspace, commandId } = command;
  const cause = { v: 3, at, workspace, commandId, actor: "kernel", kind: "system", proven: true } as const;
  return placed(drafts, after, { ...cause, run: null, fence: null }, NO_MORE);
}

const NOTHING: readonly Event[] = [];

/** A command's own events; the first one carries its decision. */
export function ownEvents(
  drafts: readonly Draft[],
  decision: RecordedDecision | null,
  after: number,
  at: number,
  command: Command,
): readonly Event[] {
  const { workspace, commandId, actor, kind, proven, run, fence, digest } = command;
  const cause = { v: 3, at, workspace, commandId, actor, kind, proven, run, fence } as const;
  return placed(drafts, after, cause, { digest, decision });
}

/** The rows after these events. */
export function after(rows: Rows, events: readonly Event[]): Rows {
  if (events.length === 0) return rows;
  const overlay = new Overlay(rows);
  for (const event of events) evolveInto(overlay, event);
  return overlay;
}
