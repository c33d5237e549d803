// The model test, short or long: random worlds under every policy, each answer compared, the rows now and then.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Policy } from "../../src/core/index.ts";
import { random, runSeed } from "../support/random.ts";
import { rowsOf } from "../support/rows.ts";
import { unlikeRows } from "./compare-rows.ts";
import { Duel, told } from "./duel.ts";
import { POLICIES } from "./policies.ts";

const ROWS_EVERY = 100;

/** One world from one seed; throws with the fewest requests that show a difference. */
export async function world(policy: Policy, seed: number, commands: number): Promise<Duel> {
  const duel = await Duel.begin(policy);
  const dice = random(seed);
  for (let step = 1; step <= commands; step += 1) {
    const difference = await duel.take(duel.next(dice));
    if (difference !== null) assert.fail(await told(policy, seed, difference, duel.turns));
    if (step % ROWS_EVERY !== 0 && step !== commands) continue;
    const faults = unlikeRows(duel.model.world, await rowsOf(duel.bench.store));
    assert.deepEqual(faults, [], `seed ${seed}, after step ${step}`);
  }
  return duel;
}

export type Size = { readonly worldsEach: number; readonly commandsEach: number };

export function compared({ worldsEach, commandsEach }: Size): void {
  const seed = runSeed();
  for (const [name, policy] of Object.entries(POLICIES)) {
    test(`they agree on every answer and every row under the policy "${name}"`, async () => {
      const codes = new Map<string, number>();
      for (let n = 0; n < worldsEach; n += 1) {
        const duel = await world(policy, seed + n, commandsEach);
        for (const [code, count] of duel.codes) codes.set(code, (codes.get(code) ?? 0) + count);
      }
      console.log(`${name}: ${worldsEach} worlds of ${commandsEach} commands, ${codes.size} codes`);
    });
  }
}
