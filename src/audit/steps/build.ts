// From histories to the report: what was refused by rule, the worst first, and what the rest kept below.

import { STEP_RULES } from "../../core/index.ts";
import type { Policy } from "../../core/index.ts";
import { PRICES } from "../../formats/index.ts";
import { nameOf, nothingSpent } from "./history.ts";
import type { History, Refusal, Spent } from "./history.ts";
import type { StepsJudge } from "./judge.ts";
import type { Lines } from "./lines.ts";
import { bitOf } from "./refusal.ts";
import type {
  Amounts,
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

type Refused = History & { readonly refusal: Refusal };

export function buildStepsReport(gathered: GatheredSteps): StepsReport {
  const { judge, lines, files, filesOld, policy, policyName: name, sinceMs, worstMax, elapsedMs } = gathered;
  const all = [...judge.histories.values()];
  // A history whose every step is a copy, or too old, was counted elsewhere.
  const histories = all.filter(({ own }) => own.steps > 0);
  const worst = refusedOf(histories);
  return {
    policy: name,
    sinceMs,
    files,
    filesOld,
    histories: histories.length,
    total: sum(all.map(({ own }) => own)),
    range: rangeOf(histories),
    refused: worst.length,
    enforced: histories.filter(({ isEnforced }) => isEnforced).length,
    reachedNew: worst.filter(({ reachedNew }) => reachedNew).length,
    rules: rulesOf(worst, worstMax),
    heard: heardIn(histories, judge),
    worst,
    usual: usualOf(histories.filter(({ refusal }) => refusal === null)),
    passed: passedOf(histories, policy),
    outcomes: outcomesOf(histories),
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

function sum(all: readonly Amounts[]): Amounts {
  const total: Spent = nothingSpent();
  for (const { steps, costMicros, unpricedTokens } of all) {
    total.steps += steps;
    total.costMicros += costMicros;
    total.unpricedTokens += unpricedTokens;
  }
  return total;
}

function rangeOf(histories: readonly Pick<History, "firstMs" | "lastMs">[]): StepsReport["range"] {
  let [firstMs, lastMs] = [Infinity, -Infinity];
  for (const one of histories) {
    firstMs = Math.min(firstMs, one.firstMs);
    lastMs = Math.max(lastMs, one.lastMs);
  }
  return firstMs > lastMs ? null : { firstMs, lastMs };
}

function isRefused(history: History): history is Refused {
  return history.refusal !== null;
}

function refusedOf(histories: readonly History[]): readonly RefusedHistory[] {
  const refused = histories.filter(isRefused);
  const short = shortIds(histories, refused);
  return refused
    .map((history) => toRefused(history, short.get(nameOf(history)) ?? nameOf(history)))
    .toSorted(worstFirst);
}

function toRefused(history: Refused, short: string): RefusedHistory {
  const { session, agent, files, own, refusal, doubted, success } = history;
  const range = rangeOf([history]);
  return {
    id: nameOf(history),
    short,
    session,
    agent,
    files,
    own,
    range,
    ...refusal,
    reachedNew: doubted !== 0,
    success,
  };
}

function worstFirst(a: RefusedHistory, b: RefusedHistory): number {
  return b.after.steps - a.after.steps || b.after.costMicros - a.after.costMicros || (a.id < b.id ? -1 : 1);
}

function rulesOf(refused: readonly RefusedHistory[], worstMax: number): readonly StepRuleReport[] {
  const rules = Map.groupBy(refused, ({ code, mode }) => `${code} ${mode}`);
  return [...rules.values()]
    .flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const { code, rule, mode } = first;
      const reachedNew = all.filter((one) => one.reachedNew).length;
      const after = sum(all.map((one) => one.after));
      return [{ code, rule, mode, histories: all.length, after, reachedNew, worst: all.slice(0, worstMax) }];
    })
    .toSorted((a, b) => b.histories - a.histories || (a.code < b.code ? -1 : 1));
}

function heardIn(histories: readonly History[], { modes }: StepsJudge): readonly Heard[] {
  return STEP_RULES.map(({ name: rule }) => {
    const bit = bitOf(rule);
    return {
      rule,
      mode: modes.get(rule) ?? "observe",
      histories: histories.filter(({ spoken }) => (spoken & bit) !== 0).length,
      reachedNew: histories.filter(({ doubted }) => (doubted & bit) !== 0).length,
    };
  });
}

function passedOf(histories: readonly History[], { budget }: Policy): readonly PassedLimit[] {
  return (["steps", "costMicros"] as const).flatMap((dimension) => {
    const limit = budget.task.lifetime[dimension]?.hard;
    if (limit === undefined) return [];
    return [{ dimension, limit, histories: histories.filter(({ own }) => own[dimension] > limit).length }];
  });
}

function outcomesOf(histories: readonly History[]): ToldOutcomes | null {
  const count = (success: boolean, isStopped: boolean): number =>
    histories.filter((one) => one.success === success && (!isStopped || one.refusal !== null)).length;
  const told = {
    succeeded: count(true, false),
    succeededRefused: count(true, true),
    failed: count(false, false),
    failedRefused: count(false, true),
  };
  return told.succeeded + told.failed === 0 ? null : told;
}

function pricesSpan(): StepsReport["prices"] {
  const days = PRICES.map(({ asOf }) => asOf).toSorted();
  return { from: days[0] ?? "", to: days.at(-1) ?? "" };
}
