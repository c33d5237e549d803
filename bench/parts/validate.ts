// validate: is this move legal? Ours takes the names of states; the seed takes members of its enum, so it is measured
// with those, and with the names that its caller has to turn into members first.

import { InvalidTransitionError, validateTransition } from "../../src/index.ts";
import type { TaskState } from "../../src/standalone/index.ts";
import { timeOf } from "../measure/clock.ts";
import { inTurns } from "../measure/pairs.ts";
import type { Timed } from "../measure/pairs.ts";
import { XSTATE, xstateOver } from "../peers/xstate.ts";
import { against, againstSeed } from "../report/row.ts";
import { openPeer } from "../seed/seed.ts";
import type { Part } from "./setting.ts";

type Pair = readonly [TaskState, TaskState];

const LEGAL: readonly Pair[] = [
  ["backlog", "todo"],
  ["todo", "in_progress"],
  ["todo", "blocked"],
  ["todo", "cancelled"],
  ["in_progress", "in_review"],
  ["in_progress", "blocked"],
  ["in_progress", "done"],
  ["in_progress", "cancelled"],
  ["in_review", "in_progress"],
  ["in_review", "done"],
  ["blocked", "in_progress"],
  ["blocked", "todo"],
];

const REFUSED: readonly Pair[] = [
  ["todo", "done"],
  ["backlog", "in_progress"],
  ["done", "in_progress"],
  ["in_review", "todo"],
];

/** INVARIANT: what is computed is added up here, so that the compiler cannot leave it out. */
let sum = 0;

const granted: Timed = (count) =>
  timeOf(() => {
    for (let left = count; left > 0; left -= LEGAL.length) {
      for (let index = 0; index < LEGAL.length; index += 1) {
        const pair = LEGAL[index];
        if (pair !== undefined) sum += validateTransition(pair[0], pair[1]).length;
      }
    }
  });

function refusal(from: TaskState, to: TaskState): number {
  try {
    return validateTransition(from, to).length;
  } catch (error) {
    return error instanceof InvalidTransitionError ? 1 : 0;
  }
}

const refused: Timed = (count) =>
  timeOf(() => {
    for (let left = count; left > 0; left -= REFUSED.length) for (const [from, to] of REFUSED) sum += refusal(from, to);
  });

export const validate: Part = {
  name: "validate",
  run: async ({ effort, seed }) => {
    const peer = openPeer(seed);
    const seedOf = (kind: string, pairs: readonly Pair[]): Timed | null => peer?.timed({ case: kind, pairs }) ?? null;
    const target = { kind: "faster", value: 10 } as const;
    const members = await inTurns(granted, seedOf("validate-members", LEGAL), effort);
    const strings = await inTurns(granted, seedOf("validate-strings", LEGAL), effort);
    const refusals = await inTurns(refused, seedOf("validate-refused", REFUSED), effort);
    peer?.close();
    const pure = await inTurns(granted, xstateOver(LEGAL), effort);
    return [
      againstSeed("validate a move, seed given enum members", members, target),
      againstSeed("validate a move, both given names", strings, target),
      againstSeed("validate a move that is refused", refusals, null),
      against(XSTATE, "validate a move, XState's pure transition", pure, null),
    ];
  },
};
