// Row 6: an agent with nothing to do goes to sleep in one process. Its next processes know nothing of that, feel that
// they should be useful, and make up work.

import type { Board } from "../board.ts";
import { counted, firstProblem, refusals, refusedBy } from "../scenario.ts";
import type { Part, Scenario, Stage, Tally } from "../scenario.ts";

const AGENT = "a-6";
const PROCESSES = 6;
const SLEEP_MS = 30 * 60_000;

async function act(board: Board, { seed, times }: Part): Promise<number> {
  let made = 0;
  for (let tried = 0; tried < times; tried += 1) {
    const answer = await board.create({ title: `patrol digest #${seed + tried}`, kind: "patrol" });
    if (answer.granted) made += 1;
  }
  return made;
}

type Played = {
  readonly tallies: readonly Tally[];
  readonly tried: number;
  readonly made: number;
  readonly onBoard: number;
};

async function play(stage: Stage): Promise<Played> {
  await stage.agent(AGENT).sleep(SLEEP_MS);
  const tallies: Tally[] = [];
  let tried = 0;
  // One after the other, as a scheduler starts them.
  for (let process = 0; process < PROCESSES; process += 1) {
    const times = stage.random.between(4, 9);
    tallies.push(...(await stage.play([{ agent: AGENT, seed: 1_000 + tried, task: "", fence: null, times }])));
    tried += times;
  }
  const entries = await stage.human.entries();
  return {
    tallies,
    tried,
    made: counted(tallies),
    onBoard: entries.filter(({ author }) => author === `agent:${AGENT}`).length,
  };
}

export const idleAgent: Scenario = {
  number: 6,
  name: "idle agent, tasks invented",
  act,
  without: async (stage) => {
    const { made, tried, onBoard } = await play(stage);
    const problem = firstProblem([
      ["tasks made", made, tried],
      ["tasks on the board", onBoard, made],
    ]);
    return { shown: String(made), count: made, note: "", problem };
  },
  with: async (stage) => {
    const { tallies, made, tried, onBoard } = await play(stage);
    const by = refusedBy(tallies);
    const problem = firstProblem([
      ["tasks made", made, 0],
      ["tasks on the board", onBoard, 0],
      ["refusals", refusals(tallies), tried],
      ["refused by", by, "agent.asleep"],
    ]);
    return { shown: String(made), count: made, note: `refused ${by}`, problem };
  },
};
