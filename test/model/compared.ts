// The model test, short or long: random worlds under every policy, each answer compared, the rows now and then.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Policy } from "../../src/core/index.ts";
import { random, runSeed } from "../support/random.ts";
import { Duel, told } from "./duel.ts";
import type { OpenCourt } from "./duel.ts";
import { POLICIES } from "./policies.ts";

const ROWS_EVERY = 100;

/** One world from one seed; throws with the fewest requests that show a difference. */
export async function world(open: OpenCourt, policy: Policy, seed: number, commands: number): Promise<Duel> {
  const duel = new Duel(policy, await open(policy));
  const dice = random(seed);
  for (let step = 1; step <= commands; step += 1) {
    const andRows = step % ROWS_EVERY === 0 || step === commands;
    const difference = await duel.take(duel.next(dice), andRows);
    if (difference !== null) assert.fail(`seed ${seed}, ` + (await told(open, policy, difference, duel.turns)));
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
