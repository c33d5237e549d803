// Counters beside the log, recounted as far as the log tells: what rules refused and what observed ones would have. A
// refusal that was not recorded any more is only in the counters, so each may stand higher than the log says; but all
// refusals together are those in the log and those that were throttled, to the very number.

import type { Event } from "../core/index.ts";
import { OBSERVED_COUNTER, REFUSED_COUNTER, THROTTLED_COUNTER } from "./counters.ts";

export class RecountedCounters {
  readonly #counts = new Map<string, number>();
  #refused = 0;

  /** Counts one event of the log; each is to be added once, from the first on. */
  add({ decision }: Event): void {
    if (decision === null) return;
    if (decision.verdict === "refused") {
      this.#count(REFUSED_COUNTER + decision.code);
      this.#refused += 1;
    }
    for (const { code } of decision.wouldHave ?? []) this.#count(OBSERVED_COUNTER + code);
  }

  /** What is wrong with the counters of the same snapshot, in words; empty when nothing is. */
  faults(counters: ReadonlyMap<string, number>): readonly string[] {
    const low = [...this.#counts].flatMap(([name, count]) => {
      const told = counters.get(name) ?? 0;
      return told >= count ? [] : [`counter ${name} says ${told}, the log has ${count}`];
    });
    if (low.length > 0) return low;
    const refused = [...counters].filter(([name]) => name.startsWith(REFUSED_COUNTER));
    const sum = refused.reduce((total, [, count]) => total + count, 0);
    const expected = this.#refused + (counters.get(THROTTLED_COUNTER) ?? 0);
    return sum === expected ? [] : [`counters of refusals say ${sum} in all, the log and the throttled ${expected}`];
  }

  #count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }
}
