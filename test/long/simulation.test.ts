import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Actor } from "../../src/core/index.ts";
import type { Request } from "../../src/kernel/index.ts";
import { openSqliteStore } from "../../src/store/index.ts";
import { historyFaults, honestFaults } from "../simulation/checks.ts";
import { simulated } from "../simulation/simulated.ts";
import { Simulation } from "../simulation/simulation.ts";
import type { Arena } from "../simulation/simulation.ts";
import { BUSY_POLICY } from "../simulation/worlds.ts";
import { temporaryFolder } from "../store/support.ts";
import { historyOf } from "../invariants/history.ts";
import { bench } from "../support/kernels.ts";
import type { Bench } from "../support/kernels.ts";
import { runSeed } from "../support/random.ts";

const SQLITE_STEPS = 4_000;
const RESTART_EVERY = 250;

function arenaOf({ clock, human }: Bench): Arena {
  return { clock, submit: (actor: Actor, request: Request) => human.as(actor).submit(request) };
}

describe("a simulation, a long while", () => {
  const seed = runSeed();

  simulated({ seed, worlds: 250, steps: 4_000 });

  test("over SQLite, opened anew again and again, nothing is lost and nothing is wrong", async () => {
    const { folder, remove } = await temporaryFolder();
    const path = join(folder, "w.db");
    let store = await openSqliteStore({ path, create: true });
    let made = await bench({ store, policy: BUSY_POLICY });
    const simulation = new Simulation(seed, arenaOf(made));
    for (let step = 1; step <= SQLITE_STEPS; step += 1) {
      await simulation.step();
      if (step % RESTART_EVERY !== 0) continue;
      const { now } = made.clock;
      await store.close();
      store = await openSqliteStore({ path });
      made = await bench({ store, policy: BUSY_POLICY, init: false });
      made.clock.now = now;
      simulation.arena = arenaOf(made);
    }
    const history = await historyOf(made.human, store, BUSY_POLICY);
    const faults = historyFaults(history, BUSY_POLICY, true);
    assert.deepEqual([...faults, ...honestFaults(simulation)].slice(0, 5), [], `seed ${seed}`);
    assert.deepEqual((await made.human.verify()).findings, []);
    await store.close();
    await remove();
  });
});
