// Which steps a verdict counted: what a detector keeps of them is a number, and a reader wants to see them.

import type { Finding, JudgedCall } from "../../core/index.ts";
import type { SeenStep } from "./judge.ts";

/** A step that lies before the verdict; `result` as a digest, null where none was told. */
type Past = {
  readonly place: number;
  readonly call: JudgedCall;
  readonly result: string | null;
  readonly failed: boolean;
  readonly isStale: boolean;
};

type Picks = (past: Past) => boolean;

/** A policy's largest count, with as many changes between. */
const PAST_MAX = 2_000;

/** The detectors never count what polls, nor what has no result. */
const isSettled: Picks = ({ call, result }) => result !== null && !call.polled;

const isCheck: Picks = ({ call, result }) => result !== null && call.class === "verify";

/** The result of the check that failed last and did not pass since. */
function lastFailure(past: readonly Past[]): string | null {
  const passed = new Set<string>();
  for (const one of past.toReversed()) {
    if (!isCheck(one)) continue;
    if (!one.failed) passed.add(one.call.digest);
    else if (!passed.has(one.call.digest)) return one.result;
  }
  return null;
}

/** Failing checks are counted by the way in which they fail, whichever of them it is. */
function failsLikeLast(past: readonly Past[]): Picks {
  const last = lastFailure(past);
  return (one) => isCheck(one) && one.failed && one.result === last;
}

function picking(code: string, { digest, shape }: JudgedCall, past: readonly Past[]): Picks {
  if (code === "step.monologue") return ({ call }) => call.class === "message";
  if (code === "step.stalled") return ({ isStale }) => isStale;
  if (code === "step.check_failing") return failsLikeLast(past);
  if (code === "step.circling") return isSettled;
  if (code === "step.varied")
    return (one) => isSettled(one) && one.call.shape === shape && (one.failed || one.call.class !== "mutate");
  return (one) => isSettled(one) && one.call.digest === digest;
}

function countOf({ numbers }: Pick<Finding, "numbers">): number {
  const { count, period } = numbers;
  return Number(count ?? 0) * Number(period ?? 1);
}

export class Earlier {
  #past: Past[] = [];

  add({ place, judged: { call }, item: { failed }, isStale }: SeenStep, result: string | null): void {
    if (call === null) return;
    this.#past.push({ place, call, result, failed, isStale });
    if (this.#past.length > 2 * PAST_MAX) this.#past = this.#past.slice(-PAST_MAX);
  }

  /** The numbers of the steps that the refusal of this one counted: the last so many that its rule looks at. */
  countedBy({ refused, judged: { call } }: SeenStep): readonly number[] {
    if (refused === null || call === null) return [];
    const { finding } = refused;
    const count = countOf(finding);
    const picked = this.#past.filter(picking(finding.code, call, this.#past)).map(({ place }) => place);
    return count === 0 ? [] : picked.slice(-count);
  }
}
