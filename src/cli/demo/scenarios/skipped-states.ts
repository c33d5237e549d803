// Row 4: an agent says that work is done which nobody began.

import type { Board } from "../board.ts";
import { counted, firstProblem, refusedBy } from "../scenario.ts";
import type { Part, Scenario, Stage, Tally } from "../scenario.ts";

const AGENT = "a-4";

async function act(board: Board, { task }: Part): Promise<number> {
  const answer = await board.move(task, "done");
  return answer.granted ? 1 : 0;
}

type Played = { readonly tallies: readonly Tally[]; readonly accepted: number; readonly state: string };

async function play(stage: Stage): Promise<Played> {
  const { task } = await stage.human.create({ title: "rotate the signing keys", kind: "operations", assignee: AGENT });
  const tallies = await stage.play([{ agent: AGENT, seed: 0, task, fence: null, times: 1 }]);
  const entry = await stage.human.entry(task);
  return { tallies, accepted: counted(tallies), state: entry?.state ?? "gone" };
}

export const skippedStates: Scenario = {
  number: 4,
  name: "todo -> done",
  act,
  without: async (stage) => {
    const { accepted, state } = await play(stage);
    const problem = firstProblem([
      ["moves accepted", accepted, 1],
      ["state", state, "done"],
    ]);
    return { shown: accepted === 1 ? "accepted" : String(accepted), count: accepted, note: "", problem };
  },
  with: async (stage) => {
    const { tallies, accepted, state } = await play(stage);
    const by = refusedBy(tallies);
    const problem = firstProblem([
      ["moves accepted", accepted, 0],
      ["state", state, "todo"],
      ["refused by", by, "lifecycle.transition_skipped"],
    ]);
    return { shown: String(accepted), count: accepted, note: `refused ${by}`, problem };
  },
};
