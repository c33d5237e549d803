// Row 3: an agent edits, tests, edits, tests. Each edit is another one, and the test fails as before: nothing that is
// compared call by call repeats. In the middle it is started anew, as supervisors do with agents that hang: a new process
// that knows nothing of the one before it, on the same task.

import type { Board } from "../board.ts";
import { counted, firstProblem, refusedBy } from "../scenario.ts";
import type { Part, Scenario, Stage, Tally } from "../scenario.ts";
import { DEMO_POLICY } from "../setting.ts";

const AGENT = "a-3";
const PROCESSES = 2;
const ROUNDS_EACH = 50;
const STEPS_A_ROUND = 2;
/** Refusals after which whoever watches the agent starts it anew. */
const STUBBORNNESS = 2;

/** Only the time it took differs. */
const failing = (round: number): string => `1 failing: parses tabs (after 0.${100 + round} s)`;

async function act(board: Board, { task, times }: Part): Promise<number> {
  await board.claim(task);
  let [done, refused] = [0, 0];
  const take = async (call: string, result: string, failed: boolean): Promise<void> => {
    const tool = call.startsWith("npm") ? "Bash" : "Edit";
    const { granted } = await board.step(task, { tool, call, result, failed, fence: null });
    if (granted) done += 1;
    else refused += 1;
  };
  for (let round = 1; round <= times && refused < STUBBORNNESS; round += 1) {
    await take(`src/parser.ts attempt ${round}`, "ok", false);
    if (refused < STUBBORNNESS) await take("npm test", failing(round), true);
  }
  return done;
}

type Played = { readonly tallies: readonly Tally[]; readonly steps: number; readonly state: string };

async function play(stage: Stage): Promise<Played> {
  const { task } = await stage.human.create({ title: "make the parser take tabs", kind: "repair", assignee: AGENT });
  const part: Part = { agent: AGENT, seed: 0, task, fence: null, times: ROUNDS_EACH };
  const tallies: Tally[] = [];
  for (let started = 0; started < PROCESSES; started += 1) tallies.push(...(await stage.play([part])));
  const entry = await stage.human.entry(task);
  return { tallies, steps: counted(tallies), state: entry?.state ?? "gone" };
}

export const editTestLoop: Scenario = {
  number: 3,
  name: "edit-test loop, edits differ",
  act,
  without: async (stage) => {
    const { steps } = await play(stage);
    const problem = firstProblem([["steps", steps, PROCESSES * ROUNDS_EACH * STEPS_A_ROUND]]);
    return { shown: String(steps), count: steps, note: "", problem };
  },
  with: async (stage) => {
    const { tallies, steps, state } = await play(stage);
    const problem = firstProblem([
      ["steps", steps, DEMO_POLICY.steps.failing.hard * STEPS_A_ROUND],
      ["state", state, DEMO_POLICY.lifecycle.parked],
      ["first refused by", refusedBy(tallies.slice(0, 1)), "step.check_failing"],
      // The new process claims what its agent holds already, and goes on: its run is over, and so is the task.
      ["then refused by", refusedBy(tallies.slice(1)), "lease.yours_already, step.check_failing, step.run_ended"],
    ]);
    return { shown: String(steps), count: steps, note: "parked step.check_failing", problem };
  },
};
