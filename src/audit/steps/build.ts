// From histories to the report: what was refused by rule, the worst first, and what the rest kept below.

import { STEP_RULES } from "../../core/index.ts";
import type { Policy } from "../../core/index.ts";
import { PRICES } from "../../formats/index.ts";
import { DIMENSIONS, WORST_KEPT, worstFirst } from "./figures.ts";
import type { Figures, Refused } from "./figures.ts";
import { nameOf } from "./history.ts";
import type { History } from "./history.ts";
import type { StepsJudge } from "./judge.ts";
import type { Lines } from "./lines.ts";
import type {
  Heard,
  PassedLimit,
  RefusedHistory,
  StepFileReport,
  StepRuleReport,
  StepsReport,
  ToldOutcomes,
} from "./report.ts";
import { shortIds } from "./short-ids.ts";
import { usualOf } from "./usual.ts";

/** Everything a run has gathered. */
export type GatheredSteps = {
  readonly judge: StepsJudge;
  readonly lines: Lines;
  readonly files: readonly StepFileReport[];
  readonly filesOld: number;
  readonly policy: Policy;
  readonly policyName: string;
  readonly sinceMs: number | null;
  readonly worstMax: number;
  readonly elapsedMs: number;
};

export function buildStepsReport(gathered: GatheredSteps): StepsReport {
  const { judge, lines, files, filesOld, policy, policyName: name, sinceMs, worstMax, elapsedMs } = gathered;
  const named = [...judge.histories.values()].filter(({ own }) => own.steps > 0);
  const figures = judge.closeAll();
  const nameShort = shortening(named, figures, judge.closedEarly);
  return {
    policy: name,
    sinceMs,
    files,
    filesOld,
    stepsOld: figures.stepsOld,
    copied: { steps: figures.copied, histories: figures.copiedWhole },
    histories: figures.histories,
    closedEarly: judge.closedEarly,
    total: figures.total,
    range: rangeOf(figures),
    refused: figures.refused,
    enforced: figures.enforced,
    reachedNew: figures.reachedNew,
    rules: rulesOf(figures, worstMax, nameShort),
    heard: heardIn(figures, judge),
    worst: worstOf(figures).map((history) => toRefused(history, nameShort)),
    usual: usualOf(figures),
    passed: passedOf(figures, policy),
    outcomes: outcomesOf(figures),
    pollRuns: judge.polls.runs,
    polls: [...judge.polls.byName]
      .map(([polled, count]) => ({ name: polled, ...count }))
      .toSorted((a, b) => b.calls - a.calls || (a.name < b.name ? -1 : 1)),
    lines: { all: lines.all, unknown: lines.unknownTypes() },
    badLines: lines.bad,
    prices: pricesSpan(),
    isFull: judge.isFull,
    elapsedMs,
    sizeBytes: files.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0),
  };
}

function rangeOf({ firstMs, lastMs }: Pick<History, "firstMs" | "lastMs">): StepsReport["range"] {
  return firstMs > lastMs ? null : { firstMs, lastMs };
}

function worstOf({ byRule }: Figures): readonly Refused[] {
  return [...byRule.values()].flatMap(({ worst }) => worst).toSorted(worstFirst);
}

type NameShort = (history: History) => string;

/** Where names were forgotten with their histories, none can be shortened for sure. */
function shortening(named: readonly History[], figures: Figures, closedEarly: number): NameShort {
  const short = closedEarly > 0 ? new Map<string, string>() : shortIds(named, worstOf(figures));
  return (history) => short.get(nameOf(history)) ?? nameOf(history);
}

function toRefused(history: Refused, nameShort: NameShort): RefusedHistory {
  const { session, agent, files, own, refusal, doubted, success } = history;
  return {
    id: nameOf(history),
    short: nameShort(history),
    session,
    agent,
    files,
    own,
    range: rangeOf(history),
    ...refusal,
    reachedNew: doubted !== 0,
    success,
  };
}

function rulesOf({ byRule }: Figures, worstMax: number, nameShort: NameShort): readonly StepRuleReport[] {
  return [...byRule.values()]
    .map(({ worst, ...rule }) => {
      const shown = worst.toSorted(worstFirst).slice(0, Math.min(worstMax, WORST_KEPT));
      return { ...rule, worst: shown.map((history) => toRefused(history, nameShort)) };
    })
    .toSorted((a, b) => b.histories - a.histories || (a.code < b.code ? -1 : 1));
}

function heardIn({ spoken, doubted }: Figures, { modes }: StepsJudge): readonly Heard[] {
  return STEP_RULES.map(({ name: rule }) => ({
    rule,
    mode: modes.get(rule) ?? "observe",
    histories: spoken.get(rule) ?? 0,
    reachedNew: doubted.get(rule) ?? 0,
  }));
}

function passedOf({ passed }: Figures, { budget }: Policy): readonly PassedLimit[] {
  return DIMENSIONS.flatMap((dimension) => {
    const limit = budget.task.lifetime[dimension]?.hard;
    return limit === undefined ? [] : [{ dimension, limit, histories: passed.get(dimension) ?? 0 }];
  });
}

function outcomesOf({ outcomes }: Figures): ToldOutcomes | null {
  return outcomes.succeeded + outcomes.failed === 0 ? null : outcomes;
}

function pricesSpan(): StepsReport["prices"] {
  const days = PRICES.map(({ asOf }) => asOf).toSorted();
  return { from: days[0] ?? "", to: days.at(-1) ?? "" };
}
