// A policy proposed from what was seen, as a configuration file: every line with the figure that it rests on. Nothing
// that was seen too seldom is proposed; it is said instead.

import type { Mode } from "../../core/index.ts";
import { dollars } from "../../core/index.ts";
import { harmless } from "./plain.ts";
import { counted, countedHistories, days, grouped } from "./amounts.ts";
import type { Heard, Polled, StepsReport } from "../steps/report.ts";

/** Fewer histories say nothing about the one in a hundred. */
const HISTORIES_FOR_LIMITS = 20;
/** Before so many were judged, a rule that observes is left to. */
const HISTORIES_FOR_MODES = 200;
/** A tool that polled less often may have done so by chance. */
const POLLS_LEAST = 10;
const POLLS_MAX = 32;

const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The next round number above a positive one: 812 gives 1000, 37 gives 40. */
export function roundAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  const step = STEPS.find((one) => one * power > value) ?? 15;
  return Math.ceil(step * power);
}

function limitLines({ usual }: StepsReport): readonly string[] {
  const histories = usual?.histories ?? 0;
  if (usual === null || histories < HISTORIES_FOR_LIMITS)
    return [
      `# no limits: ${countedHistories(histories)} that would not have been refused, ${HISTORIES_FOR_LIMITS} are needed`,
    ];
  const { steps, costMicros, priced } = usual;
  const cost = roundAbove(costMicros / 1_000_000);
  const costLine =
    priced < HISTORIES_FOR_LIMITS
      ? `    # no limit of cost: the cost of ${countedHistories(priced)} is known, ${HISTORIES_FOR_LIMITS} are needed`
      : `    cost_usd: { hard: ${cost} } # 99% of ${countedHistories(priced)} that would not have been refused cost at most ${dollars(costMicros)} at list price`;
  return [
    "budget:",
    "  task:",
    `    steps: { hard: ${roundAbove(steps)} } # 99% of ${countedHistories(histories)} that would not have been refused took at most ${grouped(steps)}`,
    costLine,
  ];
}

/** What a configuration takes as a name, and a comment as text. */
const NAME = /^[\w.:@/ -]{1,80}$/;

function isPollName({ name, calls, watches }: Polled): boolean {
  // What looks at nothing that changes by itself would be let loop for ever.
  return watches && calls >= POLLS_LEAST && NAME.test(name) && name.trim() === name;
}

function pollLines({ polls, pollRuns }: StepsReport): readonly string[] {
  const named = polls.filter(isPollName).slice(0, POLLS_MAX);
  if (named.length === 0)
    return [`# no polls to name: ${counted(pollRuns, "polling run")}, none of a tool that did so ${POLLS_LEAST} times`];
  const each = named.map(
    ({ name, calls, histories }) =>
      `    - ${JSON.stringify(name)} # polled ${counted(calls, "time")} in ${countedHistories(histories)}`,
  );
  return ["steps:", "  polls:", ...each];
}

function modeOf({ mode, reachedNew }: Heard, histories: number): Mode {
  return mode === "observe" && histories >= HISTORIES_FOR_MODES && reachedNew === 0 ? "enforce" : mode;
}

function modeLine(heard: Heard, histories: number): string {
  const { rule, histories: refused, reachedNew } = heard;
  const figures = `${grouped(refused)} of ${countedHistories(histories)} refused, ${grouped(reachedNew)} of them reached a new result afterwards`;
  const few = histories < HISTORIES_FOR_MODES ? `; ${HISTORIES_FOR_MODES} are needed to enforce it` : "";
  return `  ${rule}: ${modeOf(heard, histories)} # ${figures}${few}`;
}

/** The lines of a YAML file that `config check` finds nothing wrong with. */
export function suggestedPolicy(report: StepsReport): readonly string[] {
  const { histories, total, range, policy, prices, heard } = report;
  const observed = heard.filter(({ mode }) => mode === "observe");
  const modes = observed.length === 0 ? [] : ["rules:", ...observed.map((one) => modeLine(one, histories))];
  const dates = range === null ? [] : [days(range)];
  return [
    `# Proposed by exec-kernel audit --suggest from ${[countedHistories(histories), counted(total.steps, "step"), ...dates].join(", ")},`,
    `# judged by ${harmless(policy)}; prices of ${prices.from} to ${prices.to}. Read it before you adopt it.`,
    ...limitLines(report),
    ...pollLines(report),
    ...modes,
  ];
}
