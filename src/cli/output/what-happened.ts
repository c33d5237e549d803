// What an event says happened, in the words of people; of a refusal what was asked. Texts that callers wrote are kept to
// one printable line.

import { said } from "../../core/index.ts";
import type { Event, EventBodies } from "../../core/index.ts";
import { readable } from "../args/words.ts";
import { amountOf, dimensionName, isoTime } from "./text.ts";

const ASKED_CHARACTERS_MAX = 120;

/** Digests tell a person nothing. */
const DIGESTS: readonly string[] = ["fingerprint", "template", "result"];

function listed(names: readonly string[]): string {
  return names.length === 0 ? "nothing in particular" : readable(names.join(", "));
}

/** What was left out says nothing: flags that are off, empty lists and amounts. */
function isLeftOut(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** A refused decision that an answer was about is named by its id. */
function askedField(field: string, value: unknown): string {
  if (field === "call" && isCall(value)) return `call=${called(value).trim()}`;
  const isRefused = field === "refused" && typeof value === "object" && value !== null && "sequence" in value;
  return isRefused ? `decision=d-${String(value.sequence)}` : `${field}=${JSON.stringify(value)}`;
}

function asked(fields: { readonly [field: string]: unknown }): string {
  const given = Object.entries(fields).filter(([field, value]) => !DIGESTS.includes(field) && !isLeftOut(value));
  const text = given.map(([field, value]) => askedField(field, value)).join(" ");
  return readable(text.length > ASKED_CHARACTERS_MAX ? `${text.slice(0, ASKED_CHARACTERS_MAX)}...` : text);
}

function because(reason: string | null): string {
  return reason === null ? "" : `: ${readable(reason)}`;
}

/** Signs of a digest that are shown: enough to see which calls were the same. */
const DIGEST_SHOWN = 5;

/** What a shell ran, as far as the log knows, and a sign by which the same call is known again. */
function called({ command, digest }: { readonly command: string | null; readonly digest: string }): string {
  return `${command === null ? "" : ` ${readable(command)}`} #${digest.slice(0, DIGEST_SHOWN)}`;
}

function isCall(value: unknown): value is { readonly command: string | null; readonly digest: string } {
  if (typeof value !== "object" || value === null || !("command" in value) || !("digest" in value)) return false;
  return typeof value.digest === "string" && (value.command === null || typeof value.command === "string");
}

function step({ tool, task, handBack, call }: EventBodies["step_recorded"] | EventBodies["step_reserved"]): string {
  const by = tool === null ? "" : ` with ${tool}`;
  return `${handBack ? "hand-back step" : "step"} on ${task}${by}${call === null ? "" : called(call)}`;
}

/** Parts of cost and tokens: said of them, not beside them. */
const SAID_OF: ReadonlyMap<string, readonly [part: string, word: string]> = new Map([
  ["costMicros", ["estimatedMicros", "guessed"]],
  ["tokens", ["unpricedTokens", "unpriced"]],
]);

const PARTS = [...SAID_OF.values()].map(([part]) => part);

type Spent = EventBodies["step_recorded"]["amounts"];

function spentOf(dimension: string, amounts: Spent): string {
  const amount = amountOf(dimension, amounts[dimension] ?? 0);
  const [part = "", word] = SAID_OF.get(dimension) ?? [];
  const unit = dimension === "costMicros" || dimension === "durationMs" ? "" : ` ${dimension}`;
  return `, ${amount}${unit}${amounts[part] === undefined ? "" : ` ${word}`}`;
}

/** The amounts of a step, such as `, $0.30 guessed, 1,800 tokens`; the step itself is not named. */
function spent(amounts: Spent): string {
  return Object.keys(amounts)
    .filter((dimension) => dimension !== "steps" && !PARTS.includes(dimension))
    .map((dimension) => spentOf(dimension, amounts))
    .join("");
}

function edited(body: EventBodies["task_edited"]): string {
  const { task, priority, needs, blockedBy, limits, deadlineAt } = body;
  const list = (names: readonly string[]): string => (names.length === 0 ? "none" : names.join(","));
  const parts = [
    ...(priority === null ? [] : [`priority=${priority}`]),
    ...(needs === null ? [] : [`needs=${list(needs)}`]),
    ...(blockedBy === null ? [] : [`blocked by ${list(blockedBy)}`]),
    ...(limits === null ? [] : [`limits=${JSON.stringify(limits)}`]),
    ...(deadlineAt === null ? [] : [deadlineAt === 0 ? "no deadline" : `deadline ${isoTime(deadlineAt)}`]),
  ];
  return readable(`${task} edited: ${parts.join(" ")}`);
}

function approved({ sequence, scope, raises, until: end, reason }: EventBodies["request_approved"]): string {
  const raised = raises.map(({ dimension, add }) => `${dimensionName(dimension)} +${amountOf(dimension, add)}`);
  const what = scope === null ? "may pass once" : `${scope} ${raised.join(", ")}`;
  return `d-${sequence} approved, ${what} until ${isoTime(end)}${because(reason)}`;
}

function moved({ task, from, to, via, cause, reason }: EventBodies["task_moved"]): string {
  return `${task} ${from} -> ${to} by ${via}${cause === null ? "" : ` (${cause})`}${because(reason)}`;
}

function until(at: number | null): string {
  return at === null ? "" : ` until ${isoTime(at)}`;
}

function assigned({ task, assignee, reason }: EventBodies["task_assigned"]): string {
  return `${task} given to ${assignee === null ? "nobody" : said(assignee)}${because(reason)}`;
}

function settled({ reservation, late, failed, amounts }: EventBodies["step_settled"]): string {
  return `${reservation} settled${late ? " late" : ""}${failed ? ", failed" : ""}${spent(amounts)}`;
}

function climbed({ task, strikes, code, ended }: EventBodies["ladder_climbed"]): string {
  return `${task} refused step ${strikes} in a row (${code})${ended === null ? "" : ", the run is over"}`;
}

function seen({ task, what, name, passed }: EventBodies["evidence_recorded"]): string {
  return `${what} ${readable(name)} ${passed ? "passed" : "failed"} for ${task}`;
}

function told({ task, from, to }: EventBodies["fact_recorded"]): string {
  return `${task} told ${from ?? "seen"} -> ${to}`;
}

function learnt({ task, outcome, what }: EventBodies["lesson_learnt"]): string {
  return `lesson of ${task}, ${outcome}: ${readable(what)}`;
}

/** What happened, without time, actor or verdict. */
export function whatHappened(event: Event): string {
  switch (event.type) {
    case "policy_adopted":
      return `policy ${event.body.hash.slice(0, 12)} adopted`;
    case "incarnation_started":
      return `incarnation ${event.body.incarnation} started, restored from event ${event.body.restoredFrom.sequence}`;
    case "task_created":
      return `${event.body.task} created in ${event.body.state}: ${readable(event.body.title)}`;
    case "task_moved":
      return moved(event.body);
    case "lease_renewed":
      return `claim of ${event.body.task} renewed${until(event.body.lease.expiresAt)}`;
    case "task_edited":
      return edited(event.body);
    case "task_assigned":
      return assigned(event.body);
    case "task_placed":
      return `${event.body.task} placed below ${event.body.parent}`;
    case "step_reserved":
      return `r-${event.sequence} reserved: ${step(event.body)}${spent(event.body.amounts)}`;
    case "step_settled":
      return settled(event.body);
    case "step_cancelled":
      return `${event.body.reservation} cancelled`;
    case "reservation_expired":
      return `${event.body.reservation} ${event.body.closed ? "closed" : "presumed spent"}`;
    case "step_recorded":
      return `${step(event.body)}${event.body.failed ? ", failed" : ""}${spent(event.body.amounts)}`;
    case "ladder_climbed":
      return climbed(event.body);
    case "evidence_recorded":
      return seen(event.body);
    case "run_started":
      return `run ${event.body.run} started${event.body.task === null ? "" : ` for ${event.body.task}`}`;
    case "run_ended":
      return `run ${event.body.run} ended${because(event.body.reason)}`;
    case "agent_registered":
      return `${said(event.body.agent)} can ${listed(event.body.capabilities)}`;
    case "agent_slept":
      return `${said(event.body.agent)} sleeps${until(event.body.until)}`;
    case "agent_woken":
      return `${said(event.body.agent)} woken, ${event.body.cause}`;
    case "scope_halted":
    case "scope_resumed":
      return `${event.body.scope} ${event.type === "scope_halted" ? "halted" : "resumed"}${because(event.body.reason)}`;
    case "request_approved":
      return approved(event.body);
    case "request_denied":
    case "decision_marked":
      return `d-${event.body.sequence} ${event.type === "request_denied" ? "denied" : "marked wrong"}${because(event.body.reason)}`;
    case "lesson_learnt":
      return learnt(event.body);
    case "fact_recorded":
      return told(event.body);
    case "command_refused":
      return `${event.body.command} ${asked(event.body.asked)}`.trimEnd();
  }
}
