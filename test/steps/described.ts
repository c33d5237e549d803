// What the detectors promise of loops and of honest work, as tests that a fast and a long suite share.

import assert from "node:assert/strict";
import { test } from "node:test";
import { injected, verdictOf, withLookAlike } from "../support/loops/injected.ts";
import type { Injected, PaceName } from "../support/loops/injected.ts";
import { LOOP_KINDS } from "../support/loops/kinds.ts";
import type { LoopKind } from "../support/loops/loop.ts";
import { LOOK_ALIKES } from "../support/loops/look-alikes.ts";
import { all, ours, stoppedAt } from "../support/loops/play.ts";
import type { History } from "../support/loops/real.ts";
import { random } from "../support/random.ts";

const PACES: readonly PaceName[] = ["real", "fast"];
/** Faults that are told; more of them say no more. */
const TOLD = 5;

/** What is wrong with how this loop was found; null where nothing is. */
function fault(one: Injected, seed: number): string | null {
  const { early, found } = verdictOf(one, ours());
  if (early !== null) return `seed ${seed}: honest work was refused by ${early.by} after ${early.ran} steps`;
  if (found === null) return `seed ${seed}: not found at all`;
  return found.ran <= one.within ? null : `seed ${seed}: found after ${found.ran}, bound ${one.within} (${found.by})`;
}

function assertNone(faults: readonly (string | null)[]): void {
  const found = faults.filter((one) => one !== null);
  assert.deepEqual(found.slice(0, TOLD), [], `${found.length} of ${faults.length}`);
}

function seeds(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => (from + index) % 2 ** 31);
}

/** Injects each kind of loop so often, at each pace, into honest work that is made up. */
export function findsLoops(seed: number, each: number): void {
  for (const kind of LOOP_KINDS)
    for (const pace of PACES)
      test(`${kind.name}, at a ${pace} pace, is found in time`, () =>
        assertNone(seeds(seed, each).map((one) => fault(injected(kind, pace, random(one)), one))));
}

/** A piece of a real history, cut off at a random place. */
function cut(histories: readonly History[], seed: number): History["takes"] {
  const dice = random(seed + 1);
  const { takes } = dice.pick(histories);
  return takes.slice(0, dice.below(takes.length + 1));
}

function intoReal(kind: LoopKind, pace: PaceName, histories: readonly History[], seed: number): Injected {
  return injected(kind, pace, random(seed), cut(histories, seed));
}

/** The same, into real histories. */
export function findsLoopsInReal(
  seed: number,
  each: number,
  histories: readonly History[],
  skip: string | false,
): void {
  for (const kind of LOOP_KINDS)
    for (const pace of PACES)
      test(`${kind.name}, at a ${pace} pace, is found in time after real work`, { skip }, () =>
        assertNone(seeds(seed, each).map((one) => fault(intoReal(kind, pace, histories, one), one))),
      );
}

/** Plays each look-alike so often in the middle of honest work. */
export function passesHonestWork(seed: number, each: number): void {
  for (const kind of LOOK_ALIKES)
    test(`honest work is never refused: ${kind.name}`, () =>
      assertNone(
        seeds(seed, each).map((one) => {
          const stopped = stoppedAt(ours(), withLookAlike(kind, random(one)), all);
          return stopped === null ? null : `seed ${one}: refused by ${stopped.by} after ${stopped.ran} steps`;
        }),
      ));
}
