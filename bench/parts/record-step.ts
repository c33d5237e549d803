// A step in memory: counted, then judged against its task's limit.

import { BudgetTracker } from "../../src/index.ts";
import { timeOf } from "../measure/clock.ts";
import { inTurns } from "../measure/pairs.ts";
import type { Timed } from "../measure/pairs.ts";
import { againstSeed } from "../report/row.ts";
import { openPeer } from "../seed/seed.ts";
import type { Part } from "./setting.ts";

const TASKS: readonly string[] = Array.from({ length: 64 }, (_, index) => `task-${index}`);

const steps: Timed = (count) => {
  const tracker = new BudgetTracker();
  for (const task of TASKS) tracker.startTask(task, { maxSteps: 1e12 });
  return timeOf(() => {
    for (let left = count; left > 0; left -= TASKS.length) for (const task of TASKS) tracker.recordStep(task);
  });
};

export const recordStep: Part = {
  name: "record-step",
  run: async ({ effort, seed }) => {
    const peer = openPeer(seed);
    const paired = await inTurns(steps, peer?.timed({ case: "record-step" }) ?? null, effort);
    peer?.close();
    return [againstSeed("record a step in memory", paired, null)];
  },
};
