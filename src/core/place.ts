// Gives drafts their place in the log: sequence, time and cause. A command's own events carry its decision on the first;
// what merely fell due is the system's.

import type { Command } from "./command.ts";
import type { RecordedDecision } from "./decision.ts";
import type { Draft, Event, EventEnvelope } from "./event.ts";
import { evolveInto } from "./evolve.ts";
import { Overlay } from "./rows/overlay.ts";
import type { Rows } from "./rows/rows.ts";

type Cause = Omit<EventEnvelope, "sequence">;

function placed(drafts: readonly Draft[], after: number, cause: Cause): readonly Event[] {
  return drafts.map((draft, index): Event => ({ ...cause, ...draft, sequence: after + index + 1 }));
}

/** What fell due, as events of the system's own. */
export function expiryEvents(drafts: readonly Draft[], after: number, at: number, command: Command): readonly Event[] {
  if (drafts.length === 0) return NOTHING;
  const { workspace, commandId } = command;
  return placed(drafts, after, {
    v: 2,
    at,
    workspace,
    commandId,
    actor: "kernel",
    kind: "system",
    proven: true,
    run: null,
    fence: null,
    digest: null,
    decision: null,
  });
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
  const cause: Cause = {
    v: 2,
    at,
    workspace,
    commandId,
    actor,
    kind,
    proven,
    run,
    fence,
    digest: null,
    decision: null,
  };
  const events = placed(drafts, after, cause);
  return events.map((event, index) => (index === 0 ? { ...event, digest, decision } : event));
}

/** The rows after these events. */
export function after(rows: Rows, events: readonly Event[]): Rows {
  if (events.length === 0) return rows;
  const overlay = new Overlay(rows);
  for (const event of events) evolveInto(overlay, event);
  return overlay;
}
