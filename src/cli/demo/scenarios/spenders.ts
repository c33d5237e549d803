// Row 5: one agent works on one task with 30 processes at once. All spend from one budget; without order among them
// each sees some left.

import { setTimeout } from "node:timers/promises";
import type { Board } from "../board.ts";
import { randomFrom } from "../random.ts";
import { counted, firstProblem, refusals, refusedBy } from "../scenario.ts";
import type { Part, Scenario, Stage, Tally } from "../scenario.ts";
import { STEPS_MAX } from "../setting.ts";

const AGENT = "a-5";
export const SPENDERS = 30;
const WORK_LEAST_MS = 30;
const WORK_MOST_MS = 90;

async function act(board: Board, { task, fence, seed, times }: Part): Promise<number> {
  const random = randomFrom(seed);
  for (let done = 0; done < times; done += 1) {
    // The work itself: what a model would do in minutes.
    await setTimeout(random.between(WORK_LEAST_MS, WORK_MOST_MS));
    const step = { tool: "model", call: `draft ${seed} part ${done}`, result: `text ${done}`, fence };
    const answer = await board.step(task, step);
    if (!answer.granted) return done;
  }
  return times;
}

type Played = { readonly tallies: readonly Tally[]; readonly spent: number; readonly onMeter: number };

async function play(stage: Stage): Promise<Played> {
  const { task } = await stage.human.create({ title: "translate the handbook", kind: "translation", assignee: AGENT });
  const { fence } = await stage.agent(AGENT).claim(task);
  const parts = Array.from({ length: SPENDERS }, () => ({
    agent: AGENT,
    seed: stage.random.between(0, 1_000_000),
    task,
    fence,
    times: STEPS_MAX,
  }));
  const tallies = await stage.play(parts);
  const entry = await stage.human.entry(task);
  return { tallies, spent: counted(tallies), onMeter: entry?.steps ?? 0 };
}

export const spenders: Scenario = {
  number: 5,
  name: `${SPENDERS} spenders on ${STEPS_MAX} steps`,
  act,
  without: async (stage) => {
    const { spent } = await play(stage);
    const problem =
      spent > STEPS_MAX ? null : `steps spent: ${spent}, no more than ${STEPS_MAX}: the race did not show`;
    return { shown: String(spent), count: spent, note: "", problem };
  },
  with: async (stage) => {
    const { tallies, spent, onMeter } = await play(stage);
    const problem = firstProblem([
      ["steps spent", spent, STEPS_MAX],
      ["steps on the meter", onMeter, spent],
      ["processes refused", refusals(tallies), SPENDERS],
      ["refused by", refusedBy(tallies), "budget.hard_limit"],
    ]);
    return { shown: String(spent), count: spent, note: `${spent - STEPS_MAX} over`, problem };
  },
};
