// doom_loop of opencode by its published threshold: the third of three calls in a row with one input is asked about.

import type { Detector } from "../../test/support/loops/play.ts";

const SAME = 3;

export function opencode(): Detector {
  let last = "";
  let count = 0;
  return {
    before: ({ step }) => {
      if (step.kind !== "tool") return null;
      const call = `${step.tool} ${step.call}`;
      count = call === last ? count + 1 : 1;
      last = call;
      return count >= SAME ? "doom_loop" : null;
    },
    after: () => null,
  };
}
