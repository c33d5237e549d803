// An event as one line: place, time, actor, what happened, and the verdict where it carries one.

import { said } from "../../core/index.ts";
import type { Event } from "../../core/index.ts";
import type { Paint } from "./paint.ts";
import { findingLine } from "./report.ts";
import { isoTime } from "./text.ts";
import { whatHappened } from "./what-happened.ts";

function verdict({ decision }: Event, paint: Paint): string {
  if (decision === null) return paint("dim", "consequence");
  const observed = decision.wouldHave ?? [];
  if (decision.verdict === "refused") return `${paint("red", "refused")} ${findingLine(decision)}`;
  const codes = (label: string, found: readonly { readonly code: string }[]): string =>
    found.length === 0 ? "" : `, ${paint("cyan", label)} ${found.map(({ code }) => code).join(", ")}`;
  const then =
    decision.nextRefused === undefined ? "" : `, then ${paint("red", "refused")} ${decision.nextRefused.code}`;
  const waived = codes("waived", decision.waived ?? []);
  return `${paint("green", "granted")} ${decision.code}${codes("observed", observed)}${waived}${then}`;
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
