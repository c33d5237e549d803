// What goes with the numbers of an audit of steps, a sentence each: how runs ended, budgets apart from the loops, what
// was spent, what was not judged, and the lines that nobody understood.

import { amount } from "../../core/index.ts";
import type { StepsReport } from "../steps/report.ts";
import { counted, countedHistories, day, grouped, money } from "./amounts.ts";
import { harmless, unbroken } from "./plain.ts";
import { tokens } from "./steps-table.ts";

/** All of them that there is something to say of. */
export function remarks(report: StepsReport): readonly string[] {
  return [
    ...outcomes(report),
    ...budgets(report),
    ...spentOverAll(report),
    ...notJudged(report),
    ...toldBefore(report),
    ...unknownLines(report),
  ];
}

function outcomes({ outcomes: told }: StepsReport): readonly string[] {
  if (told === null) return [];
  const { succeeded, succeededRefused, failed, failedRefused } = told;
  return [
    `runs that told their end: of ${grouped(succeeded)} that succeeded ${grouped(succeededRefused)} would have been ` +
      `refused, of ${grouped(failed)} that failed ${grouped(failedRefused)}`,
  ];
}

function budgets({ passed, policy }: StepsReport): readonly string[] {
  const over = passed.filter(({ histories }) => histories > 0);
  if (over.length === 0) return [];
  const each = over.map(
    ({ dimension, limit, histories }) => `${grouped(histories)} passed ${limitText(dimension, limit)}`,
  );
  return [`budgets, apart from the loops: a task's limits under ${harmless(policy)}: ${each.join(", ")}`];
}

function limitText(dimension: "steps" | "costMicros", limit: number): string {
  return dimension === "costMicros" ? money(limit) : amount(dimension, limit);
}

function spentOverAll({ total }: StepsReport): readonly string[] {
  const { costMicros, unpricedTokens } = total;
  const spent = [
    ...(costMicros === 0 ? [] : [`${money(costMicros)}*`]),
    ...(unpricedTokens === 0 ? [] : [`${tokens(unpricedTokens)} tokens of models without a price`]),
  ];
  return spent.length === 0 ? [] : [`spent over all: ${spent.join(", and ")}`];
}

function notJudged({ pollRuns, filesOld, sinceMs, isFull, closedEarly }: StepsReport): readonly string[] {
  const old =
    sinceMs === null || filesOld === 0 ? [] : [`${counted(filesOld, "file")} last written before ${day(sinceMs)}`];
  const full = isFull ? ["copies among the last of more than two million ids: some may count twice"] : [];
  const early = closedEarly === 0 ? [] : [`what went on of ${countedHistories(closedEarly)} closed for want of room`];
  const each = ["lifecycle (none in transcripts)", counted(pollRuns, "polling run"), ...old, ...full, ...early];
  return [`not judged: ${each.map((one) => unbroken(one)).join("; ")}`];
}

function toldBefore({ copied: { steps, histories } }: StepsReport): readonly string[] {
  if (steps === 0) return [];
  const whole = histories === 0 ? "" : `, ${countedHistories(histories)} among them as a whole`;
  return [`${counted(steps, "step")} ${steps === 1 ? "was" : "were"} told before, in another file${whole}`];
}

const TYPES_SHOWN = 6;

function unknownLines({ lines }: StepsReport): readonly string[] {
  const count = lines.unknown.reduce((sum, one) => sum + one.lines, 0);
  if (count === 0) return [];
  const shown = lines.unknown
    .slice(0, TYPES_SHOWN)
    .map((one) => unbroken(harmless(`${one.type} ${grouped(one.lines)}`)));
  const left = lines.unknown.length - shown.length;
  const more = left > 0 ? `, and ${counted(left, "more type")}` : "";
  return [`lines not understood: ${grouped(count)} of ${grouped(lines.all)}: ${shown.join(", ")}${more}`];
}

/** What the stars and the words of the table mean. */
export function footnotes({ total, refused, prices }: StepsReport): readonly string[] {
  const star = total.costMicros === 0 ? [] : [`* list price, upper bound; prices of ${prices.from} to ${prices.to}`];
  return refused === 0 ? star : ["after: until the history ended or a human spoke", ...star];
}
