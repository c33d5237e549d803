// A policy proposed from what was seen, as a configuration file: every line with the figure that it rests on. Nothing
// that was seen too seldom is proposed; it is said instead.

import { dollars, RULES } from "../../core/index.ts";
import type { Mode, Policy } from "../../core/index.ts";
import { lineOf } from "./json.ts";
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
/** So many names a policy takes. */
const NAMES_MAX = 256;

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

/** `gh run` names `gh run view` too. */
function isCovered({ name }: Polled, names: readonly string[]): boolean {
  return names.some((one) => name.startsWith(`${one} `));
}

const IN_USE = "the policy in use has it";

function nameLine(name: string, why: string): string {
  return `    - ${lineOf(name)} # ${why}`;
}

function polledWords({ calls, histories }: Polled): string {
  return `polled ${counted(calls, "time")} in ${countedHistories(histories)}`;
}

/** What the policy in use names, and what was found to poll beside it. */
function pollLines({ polls, pollRuns }: StepsReport, kept: readonly string[]): readonly string[] {
  const found = polls.filter((one) => isPollName(one) && !kept.includes(one.name) && !isCovered(one, kept));
  const more = found.slice(0, Math.min(POLLS_MAX, Math.max(0, NAMES_MAX - kept.length)));
  if (kept.length + more.length === 0)
    return [`# no polls to name: ${counted(pollRuns, "polling run")}, none of a tool that did so ${POLLS_LEAST} times`];
  const keptLines = kept.map((name) => {
    const seen = polls.find((one) => one.name === name);
    return nameLine(name, seen === undefined ? IN_USE : `${IN_USE}; ${polledWords(seen)}`);
  });
  return ["  polls:", ...keptLines, ...more.map((one) => nameLine(one.name, polledWords(one)))];
}

/** Names by their class, as the policy in use has them: without them its steps would be judged as other ones. */
function classLines(steps: Policy["steps"]): readonly string[] {
  return (["mutate", "observe", "verify"] as const).flatMap((list) =>
    steps[list].length === 0 ? [] : [`  ${list}:`, ...steps[list].map((name) => nameLine(name, IN_USE))],
  );
}

function stepsLines(report: StepsReport, { steps }: Policy): readonly string[] {
  const lines = [...pollLines(report, steps.polls), ...classLines(steps)];
  return lines.some((line) => !line.startsWith("#")) ? ["steps:", ...lines] : lines;
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

/** Modes that the policy in use has changed: left out, each would go back to the rule's own. */
function keptModes({ modes }: Policy, proposed: readonly Heard[]): readonly string[] {
  return RULES.flatMap(({ name, mode: own, fixed }) => {
    const mode = modes[name] ?? own;
    const isKept = mode !== own && fixed !== true && !proposed.some(({ rule }) => rule === name);
    return isKept ? [`  ${name}: ${mode} # ${IN_USE}`] : [];
  });
}

function modeLines({ heard, histories }: StepsReport, policy: Policy): readonly string[] {
  const observed = heard.filter(({ mode }) => mode === "observe");
  const lines = [...keptModes(policy, observed), ...observed.map((one) => modeLine(one, histories))];
  return lines.length === 0 ? [] : ["rules:", ...lines];
}

/** The lines of a YAML file that `config check` finds nothing wrong with; `policy` is the one that the report was made by. */
export function suggestedPolicy(report: StepsReport, policy: Policy): readonly string[] {
  const { histories, total, range, policy: name, prices } = report;
  const dates = range === null ? [] : [days(range)];
  return [
    `# Proposed by exec-kernel audit --suggest from ${[countedHistories(histories), counted(total.steps, "step"), ...dates].join(", ")},`,
    `# judged by ${harmless(name)}; prices of ${prices.from} to ${prices.to}. Read it before you adopt it.`,
    "# Adopted, it replaces the whole policy in force: what does not stand here goes back to day one.",
    ...limitLines(report),
    ...stepsLines(report, policy),
    ...modeLines(report, policy),
  ];
}
