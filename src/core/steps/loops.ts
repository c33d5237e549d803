// Loops among the last steps: one call again and again, a few in a circle, one shape with other words. Each looks only
// at what came since the last step that brought something new, so that honest work costs nothing to judge.

import type { JudgedCall } from "./call.ts";
import type { StepMemory } from "./memory.ts";
import {
  isCall,
  isChange,
  isFailed,
  isFresh,
  isPolled,
  isResult,
  isSame,
  isShape,
  lastCall,
  lengthOf,
  resultAt,
  timeAt,
} from "./ring.ts";

type Place = (ring: string, back: number) => boolean;
type Pair = (ring: string, back: number, first: number) => boolean;

const hasSameResult: Pair = (ring, back, first) => isResult(ring, back, resultAt(ring, first));

/** Steps that fit, polls aside, from the last one back to where one of them does not go on, or to what was new. */
function inARow({ ring, barren }: StepMemory, fits: Place, goesOn: Pair): number {
  let [first, count] = [0, 0];
  const length = Math.min(lengthOf(ring), barren + 1);
  for (let back = 1; back <= length; back += 1) {
    if (fits(ring, back) && !isPolled(ring, back)) {
      if (first === 0) first = back;
      if (!goesOn(ring, back, first)) return count;
      count += 1;
    }
    if (isFresh(ring, back)) return count;
  }
  return count;
}

/** How often the call was made, with one result, since anything new came. */
export function repeats(memory: StepMemory, { digest }: JudgedCall): number {
  return inARow(memory, (ring, back) => isCall(ring, back, digest), hasSameResult);
}

/** How often the call failed in a row, whatever it said, since anything new came. */
export function failures(memory: StepMemory, { digest }: JudgedCall): number {
  return inARow(memory, (ring, back) => isCall(ring, back, digest), isFailed);
}

/** How many calls of this shape came to one and the same failure, sight or check, since anything new came. */
export function variations(memory: StepMemory, { shape }: JudgedCall): number {
  return inARow(memory, (ring, back) => isShape(ring, back, shape) && !isChange(ring, back), hasSameResult);
}

const PERIOD_MIN = 2;
export const PERIOD_MAX = 8;

export type Circle = { readonly period: number; readonly rounds: number };

/** Steps at the end that are each the same as the one a period before. */
function matches(ring: string, period: number, most: number): number {
  let count = 0;
  while (count < most && isSame(ring, count + 1, count + 1 + period) && !isPolled(ring, count + 1)) count += 1;
  return count;
}

/** Rounds of each period that the call would go on with, the fewest steps a round first; null where there is no circle. */
export function circles({ ring, barren }: StepMemory, call: JudgedCall): readonly Circle[] {
  const found: Circle[] = [];
  const length = lengthOf(ring);
  // One call after itself is a repetition, and no circle.
  if (barren < PERIOD_MIN || isCall(ring, 1, call.digest)) return found;
  for (let period = PERIOD_MIN; period <= PERIOD_MAX && period <= barren; period += 1) {
    if (!isCall(ring, period, call.digest)) continue;
    const rounds = Math.floor(matches(ring, period, length - period) / period) + 1;
    if (rounds > 1) found.push({ period, rounds });
  }
  return found;
}

/** Milliseconds since this call was last made; null where it was not. */
export function sinceLastMs({ ring }: StepMemory, digest: string, at: number): number | null {
  const back = lastCall(ring, digest);
  return back === 0 ? null : Math.max(0, at - timeAt(ring, back));
}

/** Milliseconds since any step began, whichever was settled last; 0 where none did. */
export function sinceStepMs({ ring }: StepMemory, at: number): number {
  let latest = 0;
  const length = lengthOf(ring);
  for (let back = 1; back <= length; back += 1) latest = Math.max(latest, timeAt(ring, back));
  return length === 0 ? 0 : Math.max(0, at - latest);
}

/** Whether this very call was made before. */
export function wasMade({ ring }: StepMemory, { digest }: JudgedCall): boolean {
  return lastCall(ring, digest) !== 0;
}
