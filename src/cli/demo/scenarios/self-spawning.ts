// Row 1: an agent makes a task below its own, takes that, makes one below it, and so on. It names nobody to do it and two
// kinds of work alternate, so that neither "given to one agent again" nor "the same kind for itself" sees it: how deep it
// goes does.

import type { Board } from "../board.ts";
import { counted, firstProblem, refusedBy } from "../scenario.ts";
import type { Part, Scenario, Stage, Tally } from "../scenario.ts";
import { DEMO_POLICY } from "../setting.ts";

const AGENT = "a-1";
const KINDS = ["research", "write-up"] as const;
const SPAWNED_MAX = 512;
const STUBBORNNESS = 3;

const kindOf = (depth: number): string => KINDS[depth % KINDS.length] ?? KINDS[0];

async function act(board: Board, { task, times }: Part): Promise<number> {
  await board.claim(task);
  let holding = task;
  let made = 0;
  for (let refused = 0; made < times && refused < STUBBORNNESS;) {
    const title = `look deeper into ${holding}, take ${refused + 1}`;
    const answer = await board.create({ title, kind: kindOf(made + 1), parent: holding });
    if (!answer.granted) {
      refused += 1;
      continue;
    }
    made += 1;
    holding = answer.task;
    await board.claim(holding);
  }
  return made;
}

type Played = { readonly tallies: readonly Tally[]; readonly made: number; readonly onBoard: number };

async function play(stage: Stage): Promise<Played> {
  const { task } = await stage.human.create({ title: "why did sign-ups drop", kind: kindOf(0), assignee: AGENT });
  const seed = stage.random.between(0, 1_000);
  const tallies = await stage.play([{ agent: AGENT, seed, task, fence: null, times: SPAWNED_MAX }]);
  const entries = await stage.human.entries();
  return {
    tallies,
    made: counted(tallies),
    onBoard: entries.filter(({ author }) => author === `agent:${AGENT}`).length,
  };
}

export const selfSpawning: Scenario = {
  number: 1,
  name: "task that spawns itself",
  act,
  without: async (stage) => {
    const { made, onBoard } = await play(stage);
    const problem = firstProblem([
      ["tasks made", made, SPAWNED_MAX],
      ["tasks on the board", onBoard, made],
    ]);
    return { shown: String(made), count: made, note: "", problem };
  },
  with: async (stage) => {
    const { tallies, made, onBoard } = await play(stage);
    const by = refusedBy(tallies);
    const problem = firstProblem([
      ["tasks made", made, DEMO_POLICY.lineage.depth.hard],
      ["tasks on the board", onBoard, made],
      ["refused by", by, "lineage.depth_exceeded"],
    ]);
    return { shown: String(made), count: made, note: `refused ${by}`, problem };
  },
};
