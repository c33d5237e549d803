// A crowd of agents over one kernel, each with a task of its own, each asking again as soon as it is answered.

import type { Kernel } from "../src/kernel/index.ts";
import { atWork, granted } from "./workspace.ts";

/** Milliseconds of every decision of so many agents, in so many milliseconds; a shorter round before warms the code. */
export async function crowdAt(human: Kernel, agents: number, durationMs: number): Promise<readonly number[]> {
  const crowd = await Promise.all(Array.from({ length: agents }, (_, index) => atWork(human, `agent-${index}`)));
  const waits: number[] = [];
  const round = async (ms: number): Promise<void> => {
    waits.length = 0;
    const endMs = performance.now() + ms;
    const busy = crowd.map(async ({ agent, step }) => {
      for (let startedMs = performance.now(); startedMs < endMs; startedMs = performance.now()) {
        await granted(agent, step());
        waits.push(performance.now() - startedMs);
      }
    });
    await Promise.all(busy);
  };
  await round(durationMs / 2);
  await round(durationMs);
  return waits;
}
