import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runSeed } from "../support/random.ts";
import { historyFaults } from "./checks.ts";
import { PLANTED } from "./planted.ts";
import { simulated } from "./simulated.ts";
import { BUSY_POLICY, live } from "./worlds.ts";

const WORLDS_MAX = 20;
const STEPS = 1_500;

describe("a simulation, a short while", () => {
  const seed = runSeed();

  simulated({ seed, worlds: 6, steps: 1_500 });

  test("the same seed gives the same run, event by event", async () => {
    const [one, other] = [await live(seed, BUSY_POLICY, 500), await live(seed, BUSY_POLICY, 500)];
    assert.deepEqual(one.history.events, other.history.events);
  });

  for (const { bug, policy, found } of PLANTED) {
    test(`a planted bug is found: ${bug}`, async () => {
      for (let n = 0; n < WORLDS_MAX; n += 1) {
        const { history } = await live(seed + n, policy, STEPS);
        if (historyFaults(history, BUSY_POLICY, true).some((fault) => found.test(fault))) return;
      }
      assert.fail(`${WORLDS_MAX} worlds from seed ${seed} on did not show it`);
    });
  }
});
