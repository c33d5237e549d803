// A crowd of agents over one kernel, each with a task of its own, each asking again as soon as it is answered.

import type { Kernel } from "../src/kernel/index.ts";
import type { Figure } from "./report/row.ts";
import { atWork, granted } from "./workspace.ts";
import type { AtWork } from "./workspace.ts";

/**
 * Milliseconds of every decision of so many agents, in so many milliseconds; a shorter round before warms the code.
 * `humanOf` is the kernel, as the human, that an agent's is made from.
 */
export async function crowdAt(
  humanOf: (index: number) => Kernel,
  agents: number,
  durationMs: number,
): Promise<readonly number[]> {
  const one = (_: unknown, index: number): Promise<AtWork> => atWork(humanOf(index), `agent-${index}`);
  const crowd = await Promise.all(Array.from({ length: agents }, one));
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

/** How many decisions a second these are. */
export function perSecond(waits: readonly number[], durationMs: number): Figure {
  return { value: (waits.length * 1_000) / durationMs, unit: "per second" };
}
