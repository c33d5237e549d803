// A loop in the middle of honest work, and honest work that looks like one, with their times.

import type { Random } from "../random.ts";
import { endMs, fastPace, realPace, sessionPace, START_MS, timed } from "./act.ts";
import type { Act, Pace, Take } from "./act.ts";
import { diceOf, honestActs } from "./honest.ts";
import type { LoopKind } from "./loop.ts";
import type { LookAlike } from "./look-alikes.ts";
import { all, stoppedAt } from "./play.ts";
import type { Detector, Stopped } from "./play.ts";

export type PaceName = "real" | "fast";

const PACES: { readonly [P in PaceName]: Pace } = { real: realPace, fast: fastPace };

/** Acts of a loop that are played at most: far above every bound. */
const LOOP_MAX = 120;

export type Injected = {
  readonly before: readonly Take[];
  readonly loop: readonly Take[];
  /** So many that count may run. */
  readonly within: number;
  readonly counts: (take: Take) => boolean;
};

const asAct = ({ step, outcome }: Take): Act => ({ ...step, ...outcome });

/** Honest work, of a history given or made, and a loop after it. */
export function injected(kind: LoopKind, pace: PaceName, dice: Random, history?: readonly Take[]): Injected {
  const by = diceOf(dice);
  const honest = history ?? timed(honestActs(by, 5 + dice.below(50)), sessionPace, dice, START_MS);
  const { lead, at, counts, within } = kind.make(by);
  const came = timed(lead, PACES[pace], dice, endMs(honest));
  const acts = Array.from({ length: LOOP_MAX }, (_, place) => at(place));
  const before = [...honest, ...came];
  const loop = timed(acts, PACES[pace], dice, endMs(before));
  return { before, loop, within, counts: counts === undefined ? all : (take) => counts(asAct(take)) };
}

/** Honest work with a look-alike in its middle. */
export function withLookAlike(kind: LookAlike, dice: Random): readonly Take[] {
  const by = diceOf(dice);
  const acts = [...honestActs(by, dice.below(40)), ...kind.make(by), ...honestActs(by, 5 + dice.below(20))];
  return timed(acts, sessionPace, dice, START_MS);
}

/** What became of an injected loop. */
export type Verdict = { readonly early: Stopped | null; readonly found: Stopped | null };

export function verdictOf({ before, loop, counts }: Injected, detector: Detector): Verdict {
  const early = stoppedAt(detector, before, all);
  return { early, found: early === null ? stoppedAt(detector, loop, counts) : null };
}
