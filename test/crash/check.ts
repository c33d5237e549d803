// What must hold of a log after a round of deaths, told by those who asked: every acknowledged decision stands at its
// sequence, no command id was granted twice, the rows are the fold of the log, and every meter shows what was
// acknowledged and at most what was in flight.

import type { Event, MeterRow } from "../../src/core/index.ts";
import type { VerifyReport } from "../../src/kernel/index.ts";
import { checkClaims } from "../support/claim-check.ts";
import { checkSpending } from "../support/spending-check.ts";
import { accountOf } from "./account.ts";
import type { Span } from "./account.ts";
import type { Answered, Asked } from "./orders.ts";

export type Found = {
  /** Acknowledged decisions that the log does not have as they were told. */
  readonly lost: readonly string[];
  /** Command ids that were granted twice. */
  readonly doubled: readonly string[];
  /** All else that is wrong. */
  readonly wrong: readonly string[];
};

export type Evidence = {
  readonly events: readonly Event[];
  readonly meters: readonly MeterRow[];
  readonly report: VerifyReport;
  /** What the store finds wrong below its log. */
  readonly below: readonly string[];
  readonly asked: readonly Asked[];
  readonly answered: readonly Answered[];
};

function lost(events: readonly Event[], answered: readonly Answered[]): readonly string[] {
  return answered.flatMap(({ id, verdict, code, commandId }) => {
    // Past sixty refusals a minute an actor's refusals are only counted; a grant always has its event.
    if (id === null) return verdict === "granted" ? [`${commandId} was granted without an event`] : [];
    const event = events[Number(id.slice("d-".length)) - 1];
    return event?.commandId === commandId && event.decision?.code === code
      ? []
      : [`${id} (${commandId}, ${code}) is missing or another's`];
  });
}

function doubled(events: readonly Event[]): readonly string[] {
  const granted = new Map<string, number>();
  const twice: string[] = [];
  for (const { kind, actor, commandId, decision, sequence } of events) {
    if (decision?.verdict !== "granted") continue;
    const key = `${kind}:${actor} ${commandId}`;
    const first = granted.get(key);
    if (first !== undefined) twice.push(`${key} was granted at ${first} and at ${sequence}`);
    granted.set(key, sequence);
  }
  return twice;
}

function outside(what: string, value: number, { least, most }: Span): readonly string[] {
  if (value >= least && value <= most) return [];
  return [`${what}: ${value} stand there, ${least === most ? least : `${least} to ${most}`} were acknowledged`];
}

function meterFaults({ meters, asked, answered }: Evidence): readonly string[] {
  const account = accountOf(asked, answered);
  return meters.flatMap(({ scope, used, held }) => {
    if (!scope.startsWith("task/")) return [];
    const task = scope.slice("task/".length);
    return [
      ...outside(`${scope} tokens used`, used["tokens"]?.[0] ?? 0, account.used.of(task)),
      ...outside(`${scope} tokens held`, held["tokens"]?.[0] ?? 0, account.held.of(task)),
    ];
  });
}

/** Looks for all of it; `asked` and `answered` are those of every life on this file so far. */
export function checkRound(evidence: Evidence): Found {
  const { events, report, below, answered } = evidence;
  return {
    lost: lost(events, answered),
    doubled: doubled(events),
    wrong: [
      ...report.findings.map(({ at, problem }) => `verify: ${at}: ${problem}`),
      ...below.map((problem) => `check: ${problem}`),
      ...meterFaults(evidence),
      ...checkClaims(events).faults,
      ...checkSpending(events, {}).faults,
    ],
  };
}
