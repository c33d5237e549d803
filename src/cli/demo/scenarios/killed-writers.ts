// Row 8: processes that write are killed (SIGKILL: no goodbye) at seeded moments. Whatever one of them acknowledged to
// the demo before it died must be there afterwards.

import type { Acknowledged, Board } from "../board.ts";
import { randomFrom } from "../random.ts";
import { firstProblem } from "../scenario.ts";
import type { Moment, Part, Scenario, Stage } from "../scenario.ts";

const WRITERS = 8;
const WRITES_MAX = 120;

async function act(board: Board, { agent, task, seed, times }: Part): Promise<number> {
  const random = randomFrom(seed);
  const { fence } = await board.claim(task);
  let written = 1;
  while (written < times) {
    if (random.fraction() < 0.7) {
      await board.step(task, { tool: "Edit", call: `${agent} change ${written}`, result: "ok", fence });
      written += 1;
      continue;
    }
    written += 1;
    const piece = await board.create({ title: `${agent} piece ${written}`, kind: "piece", parent: task });
    if (!piece.granted) continue;
    await board.claim(piece.task);
    await board.move(piece.task, "done");
    written += 2;
  }
  return written;
}

type Played = { readonly acknowledged: number; readonly lost: number; readonly enough: boolean };

async function play(stage: Stage): Promise<Played> {
  const { random, human } = stage;
  const parts: Part[] = [];
  const moments: Moment[] = [];
  for (let writer = 1; writer <= WRITERS; writer += 1) {
    const agent = `a-8${writer}`;
    const { task } = await human.create({ title: `migrate shard ${writer}`, kind: "migration", assignee: agent });
    parts.push({ agent, seed: random.between(0, 1_000_000), task, fence: null, times: WRITES_MAX });
    moments.push({ afterAcknowledged: random.between(10, 50), delayMs: 3 * random.fraction() });
  }
  const acknowledged = await stage.kill(parts, moments);
  const least = moments.reduce((total, { afterAcknowledged }) => total + afterAcknowledged, 0);
  return {
    acknowledged: acknowledged.length,
    lost: await lostOf(acknowledged, human),
    enough: acknowledged.length >= least,
  };
}

async function lostOf(acknowledged: readonly Acknowledged[], board: Board): Promise<number> {
  let lost = 0;
  for (const one of acknowledged) if (!(await board.remembers(one))) lost += 1;
  return lost;
}

export const killedWriters: Scenario = {
  number: 8,
  name: "kill -9 while writing",
  act,
  without: async (stage) => {
    const { lost, enough } = await play(stage);
    // How many are lost is luck: none is possible too.
    return {
      shown: `${lost} lost`,
      count: lost,
      note: "",
      problem: firstProblem([["killed while writing", enough, true]]),
    };
  },
  with: async (stage) => {
    const { acknowledged, lost, enough } = await play(stage);
    const problem = firstProblem([
      ["acknowledged and lost", lost, 0],
      ["killed while writing", enough, true],
    ]);
    return { shown: `${lost} lost`, count: lost, note: `of ${acknowledged}, ${WRITERS} killed`, problem };
  },
};
