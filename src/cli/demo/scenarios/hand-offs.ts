// Row 2: two agents each find that a task is the other's to do. Every turn is a process of its own, which knows nothing of
// the turns before: what stops them cannot be anybody's memory.

import type { Board } from "../board.ts";
import { counted, firstProblem, refusedBy } from "../scenario.ts";
import type { Part, Scenario, Stage, Tally } from "../scenario.ts";
import { DEMO_POLICY } from "../setting.ts";

const AGENTS = ["a-2", "a-20"] as const;
const HANDED_MAX = 400;
const STUBBORNNESS = 3;

/** Given to the first by a human, and twice to each is what they may: the next one that goes on is refused. */
const HANDED_LIMIT = AGENTS.length * DEMO_POLICY.lineage.assignmentsMax - 1;

const agentOf = (turn: number): string => AGENTS[turn % AGENTS.length] ?? AGENTS[0];

async function act(board: Board, { agent, task }: Part): Promise<number> {
  await board.claim(task);
  const other = AGENTS.find((name) => name !== agent) ?? agent;
  const answer = await board.assign(task, other);
  await board.release(task);
  return answer.granted ? 1 : 0;
}

type Played = { readonly tallies: readonly Tally[]; readonly handed: number; readonly assignee: string };

/** Whoever has it hands it on, until that was refused some times or went well too often. */
async function play(stage: Stage): Promise<Played> {
  const first = agentOf(0);
  const { task } = await stage.human.create({ title: "who owns the flaky test", kind: "triage", assignee: first });
  const tallies: Tally[] = [];
  for (let refused = 0; refused < STUBBORNNESS && counted(tallies) < HANDED_MAX;) {
    const part: Part = { agent: agentOf(counted(tallies)), seed: 0, task, fence: null, times: 1 };
    const turn = await stage.play([part]);
    if (counted(turn) === 0) refused += 1;
    tallies.push(...turn);
  }
  const entry = await stage.human.entry(task);
  return { tallies, handed: counted(tallies), assignee: (entry?.assignee ?? "nobody").replace("agent:", "") };
}

export const handOffs: Scenario = {
  number: 2,
  name: "A <-> B hand-offs",
  act,
  without: async (stage) => {
    const { handed, assignee } = await play(stage);
    const problem = firstProblem([
      ["hand-offs", handed, HANDED_MAX],
      ["whose it is", assignee, agentOf(HANDED_MAX)],
    ]);
    return { shown: String(handed), count: handed, note: "", problem };
  },
  with: async (stage) => {
    const { tallies, handed, assignee } = await play(stage);
    const by = refusedBy(tallies);
    const problem = firstProblem([
      ["hand-offs", handed, HANDED_LIMIT],
      ["whose it is", assignee, agentOf(HANDED_LIMIT)],
      ["refused by", by, "lineage.ping_pong"],
    ]);
    return { shown: String(handed), count: handed, note: `refused ${by}`, problem };
  },
};
