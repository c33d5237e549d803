// judge: the whole pure pipeline for one command: catch up, decide, give the events their place, fold them. Whoever
// keeps rows (the kernel in a store, an audit in memory) needs only this and `need`.

import { catchUp } from "./catch-up.ts";
import type { Command } from "./command.ts";
import { decide, refuseFor } from "./decide.ts";
import type { Finding, RecordedDecision } from "./decision.ts";
import type { Event } from "./event.ts";
import { evolve } from "./evolve.ts";
import { subjectsOf } from "./need.ts";
import { after, expiryEvents, ownEvents } from "./place.ts";
import type { CompiledPolicy } from "./policy.ts";
import { readHead } from "./rows/read.ts";
import type { Row, Rows } from "./rows/rows.ts";

/** A judged command: its decision, the events to append, the rows they change (null: deleted). */
export type Judged = {
  readonly decision: RecordedDecision;
  readonly events: readonly Event[];
  readonly changed: ReadonlyMap<string, Row | null>;
  /** Sequence of the event that carries the decision; null where none does (a throttled refusal, a sweep). */
  readonly sequence: number | null;
};

/**
 * Judges one command over rows that hold everything `need` asked for.
 * @param outside a reason to refuse found before the rules (a reused command id, bounds).
 * @throws Defect when a row was not loaded.
 */
export function judge(
  rows: Rows,
  command: Command,
  policy: CompiledPolicy,
  at: number,
  outside: Finding | null = null,
): Judged {
  const { sequence: head } = readHead(rows);
  const due = outside === null ? catchUp(rows, subjectsOf(rows, command), at) : [];
  const expiries = expiryEvents(due, head, at, command);
  const now = after(rows, expiries);
  const verdict = outside === null ? decide(now, command, policy, at) : refuseFor(rows, outside, command, policy, at);
  const own = ownEvents(verdict.drafts, verdict.decision, head + expiries.length, at, command);
  const led = verdict.consequences ?? [];
  const events = [...expiries, ...own, ...expiryEvents(led, head + expiries.length + own.length, at, command)];
  return { decision: verdict.decision, events, changed: evolve(rows, events), sequence: own[0]?.sequence ?? null };
}
