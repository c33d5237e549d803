// An event as one line: place, time, actor, what happened, and the verdict where it carries one.

import { said } from "../../core/index.ts";
import type { Event } from "../../core/index.ts";
import { printable } from "../args/words.ts";
import { findingLine } from "./report.ts";
import type { Paint } from "./paint.ts";
import { isoTime } from "./text.ts";

const ASKED_CHARACTERS_MAX = 120;

/** Digests tell a person nothing. */
const DIGESTS: readonly string[] = ["fingerprint", "template", "call", "result"];

function asked(fields: { readonly [field: string]: unknown }): string {
  const given = Object.entries(fields).filter(
    ([field, value]) => value !== null && value !== undefined && !DIGESTS.includes(field),
  );
  const text = given.map(([field, value]) => `${field}=${JSON.stringify(value)}`).join(" ");
  return printable(text.length > ASKED_CHARACTERS_MAX ? `${text.slice(0, ASKED_CHARACTERS_MAX)}...` : text);
}

/** What happened, without time, actor or verdict. */
export function whatHappened(event: Event): string {
  switch (event.type) {
    case "policy_adopted":
      return `policy ${event.body.hash.slice(0, 12)} adopted`;
    case "task_created":
      return `${event.body.task} created in ${event.body.state}: ${event.body.title}`;
    case "task_moved":
      return `${event.body.task} ${event.body.from} -> ${event.body.to} by ${event.body.via}`;
    case "task_placed":
      return `${event.body.task} placed below ${event.body.parent}`;
    case "step_recorded":
      return `${event.body.handBack ? "hand-back step" : "step"} on ${event.body.task}${event.body.tool === null ? "" : ` with ${event.body.tool}`}`;
    case "agent_slept":
      return `${said(event.body.agent)} sleeps${event.body.until === null ? "" : ` until ${isoTime(event.body.until)}`}`;
    case "agent_woken":
      return `${said(event.body.agent)} woken, ${event.body.cause}`;
    case "fact_recorded":
      return `${event.body.task} told ${event.body.from ?? "seen"} -> ${event.body.to}`;
    case "command_refused":
      return `${event.body.command} ${asked(event.body.asked)}`.trimEnd();
  }
}

function verdict({ decision }: Event, paint: Paint): string {
  if (decision === null) return paint("dim", "consequence");
  const observed = decision.wouldHave ?? [];
  if (decision.verdict === "refused") return `${paint("red", "refused")} ${findingLine(decision)}`;
  const would = observed.map(({ code }) => code).join(", ");
  return `${paint("green", "granted")} ${decision.code}${would === "" ? "" : `, ${paint("cyan", "observed")} ${would}`}`;
}

/** The event as one line for people. */
export function eventLine(event: Event, paint: Paint): string {
  const actor = said(`${event.kind}:${event.actor}`);
  return [
    String(event.sequence).padStart(6),
    isoTime(event.at),
    actor,
    whatHappened(event),
    verdict(event, paint),
  ].join("  ");
}
