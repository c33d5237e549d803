// Plays takes through a detector: what is judged before it runs, and how many acts of a loop ran before one was refused.

import { StepWatch } from "../../../src/steps/index.ts";
import type { Take } from "./act.ts";

/** Answers whether it would stop this step, before it runs; or, where it only looks back, after it ran. */
export type Detector = {
  /** The name of what stops it, or null. */
  readonly before: (take: Take) => string | null;
  readonly after: (take: Take) => string | null;
};

/** Ours, every rule refusing. */
export function ours(): Detector {
  const watch = new StepWatch();
  let judged = watch.judge({ kind: "user", tool: "", call: "", atMs: null });
  return {
    before: ({ step }) => {
      judged = watch.judge(step);
      return judged.findings.find(({ soft }) => !soft)?.code ?? null;
    },
    after: ({ step, outcome }) => {
      watch.settle(step, judged, outcome);
      return null;
    },
  };
}

/** Where a list of takes was stopped: how many ran before that, and by what; null where it was not. */
export type Stopped = { readonly ran: number; readonly by: string };

export function stoppedAt(detector: Detector, takes: Iterable<Take>, counts: (take: Take) => boolean): Stopped | null {
  let ran = 0;
  for (const take of takes) {
    const before = detector.before(take);
    if (before !== null) return { ran, by: before };
    if (counts(take)) ran += 1;
    const after = detector.after(take);
    if (after !== null) return { ran, by: after };
  }
  return null;
}

export const all = (): boolean => true;
