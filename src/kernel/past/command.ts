// The command behind events of the log. A refusal keeps what was asked; a grant's own events say it, but for what no
// event keeps. Where a form is open (was a claim a claim or a move?) all of them are given, the likeliest first.

import { actorName, DAY_ONE_POLICY } from "../../core/index.ts";
import type { Command, Envelope, Event } from "../../core/index.ts";
import {
  agentName,
  approvalsOf,
  assignmentOf,
  createdOf,
  denialsOf,
  editOf,
  endOf,
  factOf,
  movesOf,
  recordsOf,
  registrationOf,
  settlementsOf,
  sleepOf,
  stepsOf,
} from "./asked.ts";
import type { Asked } from "./asked.ts";
import type { DecidedEvent, PastCommand } from "./walk.ts";

function envelopeOf({ workspace, commandId, actor, kind, proven, run, fence, digest }: Event): Envelope {
  return { v: 1, workspace, commandId, actor, kind, proven, run, fence, digest: digest ?? "" };
}

/** What a refusal's event kept of its command; the chain hash vouches that it is what intake had checked. */
function isCommand(value: object): value is Command {
  return "type" in value && "body" in value;
}

function refusedOnes(event: Extract<Event, { readonly type: "command_refused" }>): readonly Command[] {
  const { command: type, asked } = event.body;
  // Of a policy only its digest is kept: a refusal never came to read more.
  const body = type === "adopt_policy" ? { policy: DAY_ONE_POLICY, source: "", humanKey: null, ...asked } : asked;
  const command = { ...envelopeOf(event), type, body };
  return isCommand(command) ? [command] : [];
}

/** What was asked for and refused; null for an event that is no refusal. */
export function requestBehind(event: Event): Command | null {
  return event.type === "command_refused" ? (refusedOnes(event)[0] ?? null) : null;
}

function grantedOnes(event: DecidedEvent, { own, rows, refusal }: PastCommand): readonly Asked[] {
  switch (event.type) {
    case "policy_adopted":
      return [{ type: "adopt_policy", body: event.body }];
    case "task_created":
      return [createdOf(event.body)];
    case "task_moved":
      return movesOf(event.body, own);
    case "lease_renewed":
      return [{ type: "renew_lease", body: { task: event.body.task } }];
    case "task_edited":
      return [editOf(event.body)];
    case "task_assigned":
      return [assignmentOf(event.body)];
    case "task_placed":
      return [{ type: "place_task", body: { task: event.body.task, parent: event.body.parent } }];
    case "step_reserved":
      return stepsOf(event.body).map((body) => ({ type: "reserve_step", body }));
    case "step_settled":
      return settlementsOf(event.body, own);
    case "step_cancelled":
      return [{ type: "cancel_step", body: { reservation: event.body.reservation } }];
    case "step_recorded":
      return recordsOf(event.body);
    case "evidence_recorded":
      return [{ type: "record_evidence", body: event.body }];
    case "run_started":
      return [{ type: "start_run", body: event.body }];
    case "run_ended":
      return [endOf(event.body, actorName(event.kind, event.actor))];
    case "agent_registered":
      return [registrationOf(event.body)];
    case "agent_slept":
      return [sleepOf(event.body, event.at)];
    case "agent_woken":
      return [{ type: "wake_agent", body: { agent: agentName(event.body.agent), reason: event.body.reason } }];
    case "scope_halted":
      return [{ type: "halt_scope", body: { scope: event.body.scope, reason: event.body.reason } }];
    case "scope_resumed":
      return [{ type: "resume_scope", body: { scope: event.body.scope, reason: event.body.reason } }];
    case "request_approved":
      return approvalsOf(event.body, refusal, rows, event.at);
    case "request_denied":
      return denialsOf(event.body, refusal);
    case "decision_marked":
      return [{ type: "mark_wrong", body: event.body }];
    case "fact_recorded":
      return [factOf(event.body, own)];
    case "incarnation_started":
      return [{ type: "start_incarnation", body: { restoredFrom: event.body.restoredFrom } }];
    // No command proposes these by themselves.
    case "reservation_expired":
    case "ladder_climbed":
    case "lesson_learnt":
    case "command_refused":
      return [];
  }
}

function isReservation(event: Event): event is Extract<Event, { readonly type: "reservation_expired" }> {
  return event.type === "reservation_expired";
}

/** A sweep is known by what it noticed: in its own order, which is that of the events. */
function sweepOf({ events }: PastCommand): readonly Command[] {
  const [first] = events;
  if (first === undefined) return [];
  const tasks = events.flatMap((event) => (event.type === "task_moved" ? [event.body.task] : []));
  const reservations = events.filter(isReservation).map(({ body }) => body.reservation);
  return [{ ...envelopeOf(first), type: "sweep", body: { tasks, reservations } }];
}

/** The commands that may have left these events, the likeliest first; none where the log does not tell. */
export function commandsOf(past: PastCommand): readonly Command[] {
  const { decided } = past;
  if (decided === null) return past.led.length > 0 ? [] : sweepOf(past);
  if (decided.type === "command_refused") return refusedOnes(decided);
  const envelope = envelopeOf(decided);
  return grantedOnes(decided, past).map((asked) => ({ ...envelope, ...asked }));
}
