// judge: the whole pure pipeline for one command: catch up, decide, give the events their place, fold them. Whoever
// keeps rows (the kernel in a store, an audit in memory) needs only this and `need`.

import { catchUp } from "./catch-up.ts";
import type { Command } from "./command.ts";
import { decide, refuseFor } from "./decide.ts";
import type { Verdict } from "./decide.ts";
import type { Finding, RecordedDecision } from "./decision.ts";
import type { Draft, Event, EventEnvelope } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { CompiledPolicy } from "./policy.ts";
import { Overlay } from "./rows/overlay.ts";
import { readHead } from "./rows/read.ts";
import type { Row, Rows } from "./rows/rows.ts";

/** A judged command: its decision, the events to append, the rows they change. */
export type Judged = {
  readonly decision: RecordedDecision;
  readonly events: readonly Event[];
  readonly changed: ReadonlyMap<string, Row>;
  /** Sequence of the event that carries the decision; null where a throttled refusal is not recorded. */
  readonly sequence: number | null;
};

type Cause = Omit<EventEnvelope, "sequence">;

/** What fell due, as events of the system's own. */
function expiryEvents(drafts: readonly Draft[], after: number, at: number, command: Command): readonly Event[] {
  const { workspace, commandId } = command;
  const cause: Cause = {
    v: 1,
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
  };
  return drafts.map((draft, index): Event => ({ ...cause, ...draft, sequence: after + index + 1 }));
}

/** A command's own events; the first one carries its decision. */
function ownEvents(verdict: Verdict, after: number, at: number, command: Command): readonly Event[] {
  const { workspace, commandId, actor, kind, proven, run, fence, digest } = command;
  const cause: Cause = {
    v: 1,
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
  return verdict.drafts.map((draft, index): Event => {
    const first = index === 0 ? { digest, decision: verdict.decision } : {};
    return { ...cause, ...draft, ...first, sequence: after + index + 1 };
  });
}

function caughtUp(rows: Rows, expiries: readonly Event[]): Rows {
  if (expiries.length === 0) return rows;
  const overlay = new Overlay(rows);
  for (const [key, row] of evolve(rows, expiries)) overlay.put(key, row);
  return overlay;
}

/**
 * Judges one command over rows that hold everything `need` asked for.
 * @param keys the loaded keys, searched for what fell due.
 * @param outside a reason to refuse found before the rules (a reused command id, bounds).
 * @throws Defect when a row was not loaded.
 */
export function judge(
  rows: Rows,
  keys: Iterable<string>,
  command: Command,
  policy: CompiledPolicy,
  at: number,
  outside: Finding | null = null,
): Judged {
  const { sequence: head } = readHead(rows);
  const expiries = outside === null ? expiryEvents(catchUp(rows, keys, at), head, at, command) : [];
  const now = caughtUp(rows, expiries);
  const verdict = outside === null ? decide(now, command, policy, at) : refuseFor(rows, outside, command, policy, at);
  const own = ownEvents(verdict, head + expiries.length, at, command);
  const events = [...expiries, ...own];
  return { decision: verdict.decision, events, changed: evolve(rows, events), sequence: own[0]?.sequence ?? null };
}
