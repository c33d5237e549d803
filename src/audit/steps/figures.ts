// The sums over histories that are closed. A history is some hundred bytes here, or none, and a thousand as it is judged:
// only the worst of each rule are kept whole, so that memory does not grow with the number of histories.

import { STEP_RULES } from "../../core/index.ts";
import type { Mode, Policy, ReasonCode } from "../../core/index.ts";
import { Amounts64 } from "./amounts64.ts";
import { nameOf, nothingSpent } from "./history.ts";
import type { History, Refusal, Spent } from "./history.ts";
import { bitOf } from "./refusal.ts";

export type Refused = History & { readonly refusal: Refusal };

/** Histories whose first refusal has this code. */
export type RuleFigures = {
  readonly code: ReasonCode;
  readonly rule: string;
  readonly mode: Mode;
  histories: number;
  reachedNew: number;
  readonly after: Spent;
  /** The worst, unsorted: at least as many as `WORST_KEPT` where there are, and less than twice as many. */
  worst: Refused[];
};

/** Nobody is shown more of one rule. */
export const WORST_KEPT = 1_000;

export type Dimension = "steps" | "costMicros";

export const DIMENSIONS: readonly Dimension[] = ["steps", "costMicros"];

function isRefused(history: History): history is Refused {
  return history.refusal !== null;
}

/** The most steps after the refusal first. */
export function worstFirst(a: Refused, b: Refused): number {
  const [one, other] = [a.refusal.after, b.refusal.after];
  return other.steps - one.steps || other.costMicros - one.costMicros || (nameOf(a) < nameOf(b) ? -1 : 1);
}

function addTo(sum: Spent, { steps, costMicros, unpricedTokens }: Readonly<Spent>): void {
  sum.steps += steps;
  sum.costMicros += costMicros;
  sum.unpricedTokens += unpricedTokens;
}

/** Runs that told how they ended. */
type Ended = { succeeded: number; succeededRefused: number; failed: number; failedRefused: number };

export class Figures {
  histories = 0;
  refused = 0;
  enforced = 0;
  reachedNew = 0;
  /** Steps before the moment from which they count; told by an earlier file; histories that have no others. */
  stepsOld = 0;
  copied = 0;
  copiedWhole = 0;
  firstMs: number = Infinity;
  lastMs: number = -Infinity;
  readonly total: Spent = nothingSpent();
  readonly byRule: Map<string, RuleFigures> = new Map();
  /** Histories in which a rule would have refused, and those in which a new result came after it, by the rule's name. */
  readonly spoken: Map<string, number> = new Map();
  readonly doubted: Map<string, number> = new Map();
  readonly passed: Map<Dimension, number> = new Map();
  readonly outcomes: Ended = { succeeded: 0, succeededRefused: 0, failed: 0, failedRefused: 0 };
  /** Of each history that was not refused; costs only where every token had a price. */
  readonly usualSteps: Amounts64 = new Amounts64();
  readonly usualMicros: Amounts64 = new Amounts64();
  readonly #policy: Policy;

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** Adds a history that nothing more will be told of. */
  add(history: History): void {
    const { own, old, copied } = history;
    this.stepsOld += old;
    this.copied += copied;
    addTo(this.total, own);
    // A history whose every step is a copy, or too old, was counted elsewhere.
    if (own.steps === 0) {
      if (old === 0 && copied > 0) this.copiedWhole += 1;
      return;
    }
    this.histories += 1;
    this.firstMs = Math.min(this.firstMs, history.firstMs);
    this.lastMs = Math.max(this.lastMs, history.lastMs);
    if (history.isEnforced) this.enforced += 1;
    this.#addRules(history);
    this.#addPassed(history);
    this.#addOutcome(history);
    if (isRefused(history)) this.#addRefused(history);
    else this.#addUsual(history);
  }

  #addRules({ spoken, doubted }: History): void {
    if (spoken === 0) return;
    for (const { name } of STEP_RULES) {
      const bit = bitOf(name);
      if ((spoken & bit) !== 0) this.spoken.set(name, (this.spoken.get(name) ?? 0) + 1);
      if ((doubted & bit) !== 0) this.doubted.set(name, (this.doubted.get(name) ?? 0) + 1);
    }
  }

  #addPassed({ own }: History): void {
    for (const dimension of DIMENSIONS) {
      const limit = this.#policy.budget.task.lifetime[dimension]?.hard;
      if (limit === undefined) continue;
      this.passed.set(dimension, (this.passed.get(dimension) ?? 0) + (own[dimension] > limit ? 1 : 0));
    }
  }

  #addOutcome({ success, refusal }: History): void {
    if (success === null) return;
    this.outcomes[success ? "succeeded" : "failed"] += 1;
    if (refusal !== null) this.outcomes[success ? "succeededRefused" : "failedRefused"] += 1;
  }

  #addRefused(history: Refused): void {
    const { code, rule, mode, after } = history.refusal;
    const key = `${code} ${mode}`;
    const known = this.byRule.get(key);
    const figures = known ?? { code, rule, mode, histories: 0, reachedNew: 0, after: nothingSpent(), worst: [] };
    if (known === undefined) this.byRule.set(key, figures);
    this.refused += 1;
    figures.histories += 1;
    addTo(figures.after, after);
    if (history.doubted !== 0) {
      this.reachedNew += 1;
      figures.reachedNew += 1;
    }
    figures.worst.push(history);
    if (figures.worst.length >= 2 * WORST_KEPT) figures.worst = figures.worst.toSorted(worstFirst).slice(0, WORST_KEPT);
  }

  #addUsual({ own }: History): void {
    this.usualSteps.push(own.steps);
    if (own.costMicros > 0 && own.unpricedTokens === 0) this.usualMicros.push(own.costMicros);
  }
}
