// Folds what humans say: halts, answers to refused requests, marks of wrong decisions.

import { actorName } from "../actor.ts";
import type { Event } from "../event.ts";
import type { DecisionMarked, RequestApproved, RequestDenied, ScopeHalted, ScopeResumed } from "../event-bodies.ts";
import { actorKey, answerKey, haltKey, markKey, wrongKey } from "../rows/keys.ts";
import type { Overlay } from "../rows/overlay.ts";
import { readActor, readHalt, readRow } from "../rows/read.ts";
import type { AnswerRow } from "../rows/rows.ts";
import { foldExtension } from "./spending.ts";

/** Halts of one scope whose times are kept: a lease asks whether one fell into its time. */
const HALTS_MAX = 16;

/** Waivers that wait for one actor; those that are over go first. */
const WAIVERS_MAX = 16;

export function foldHalted(rows: Overlay, event: Event, { scope, epoch, reason }: ScopeHalted): void {
  const halts = [...readHalt(rows, scope).halts, event.at].slice(-HALTS_MAX);
  const by = actorName(event.kind, event.actor);
  rows.put(haltKey(scope), { kind: "halt", scope, epoch, halted: true, halts, reason, by, at: event.at });
}

export function foldResumed(rows: Overlay, event: Event, { scope, epoch, reason }: ScopeResumed): void {
  const row = readHalt(rows, scope);
  const by = actorName(event.kind, event.actor);
  rows.put(haltKey(scope), { ...row, epoch, halted: false, reason: reason ?? "", by, at: event.at });
}

function answer(event: Event, verdict: AnswerRow["verdict"]): AnswerRow {
  return { kind: "answer", verdict, by: actorName(event.kind, event.actor), at: event.at };
}

export function foldApproved(rows: Overlay, event: Event, body: RequestApproved): void {
  rows.put(answerKey(body.sequence), answer(event, "approved"));
  foldExtension(rows, event, body);
  if (body.waiver === null) return;
  const row = readActor(rows, body.actor);
  const standing = row.waivers.filter((one) => event.at < one.until);
  const added = { ...body.waiver, until: body.until, by: event.sequence };
  rows.put(actorKey(body.actor), { ...row, waivers: [...standing, added].slice(-WAIVERS_MAX) });
}

export function foldDenied(rows: Overlay, event: Event, body: RequestDenied): void {
  rows.put(answerKey(body.sequence), answer(event, "denied"));
}

export function foldMarked(rows: Overlay, event: Event, body: DecisionMarked): void {
  rows.put(markKey(body.sequence), answer(event, "wrong"));
  for (const code of body.codes) {
    const count = (readRow(rows, wrongKey(code), "wrong")?.count ?? 0) + 1;
    rows.put(wrongKey(code), { kind: "wrong", code, count });
  }
}

/** A grant uses up each waiver that it needed, and every other answer to the same question. */
export function foldWaived(rows: Overlay, event: Event): void {
  const waived = event.decision?.waived ?? [];
  if (waived.length === 0) return;
  const actor = actorName(event.kind, event.actor);
  const row = readActor(rows, actor);
  const used = row.waivers.filter((one) => waived.some(({ by }) => by === one.by));
  const waivers = row.waivers.filter((one) => !used.some((it) => it.digest === one.digest && it.code === one.code));
  rows.put(actorKey(actor), { ...row, waivers });
}
