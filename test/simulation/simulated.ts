// The simulation as tests: so many worlds of so many steps, each checked as it ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import { finishedByHonest, historyFaults, honestFaults } from "./checks.ts";
import { BUSY_POLICY, live } from "./worlds.ts";

const KEYS_MAX = 256;
/** Folding a whole log anew is slow: one world in so many. */
const DEEP_EVERY = 4;

export type Size = { readonly seed: number; readonly worlds: number; readonly steps: number };

export function simulated({ seed, worlds, steps }: Size): void {
  test("nothing is over budget, no rule is passed, tasks are bounded, and honest agents finish their work", async () => {
    const begun = performance.now();
    let [finished, events] = [0, 0];
    for (let n = 0; n < worlds; n += 1) {
      const { simulation, history, mostKeys } = await live(seed + n, BUSY_POLICY, steps);
      const faults = historyFaults(history, BUSY_POLICY, n % DEEP_EVERY === 0);
      assert.deepEqual([...faults, ...honestFaults(simulation)].slice(0, 5), [], `seed ${seed + n}`);
      assert.ok(mostKeys <= KEYS_MAX, `seed ${seed + n}: a command asked for ${mostKeys} rows`);
      finished += finishedByHonest(simulation);
      events += history.events.length;
    }
    assert.ok(finished >= worlds, `honest agents finished ${finished} tasks in ${worlds} worlds`);
    const seconds = (performance.now() - begun) / 1_000;
    const pace = Math.round((worlds * steps) / seconds);
    console.log(
      `${worlds * steps} steps in ${seconds.toFixed(1)} s (${pace} a second), seeds ${seed} to ${seed + worlds - 1}, ${events} events, ${finished} tasks finished by honest agents`,
    );
  });
}
