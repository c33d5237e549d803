// 64 spenders in eight processes on one lineage, killed at random: the limits hold to the unit at every event of the log.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CORRECTION_MS } from "../../src/core/index.ts";
import type { Event } from "../../src/core/index.ts";
import { HARD, SPENDING_POLICY } from "../support/busy-spender.ts";
import { liveAll, logOf, missingAnswers } from "../support/lives.ts";
import { random, runSeed } from "../support/random.ts";
import { sharedFile } from "../support/shared-file.ts";
import type { Shared } from "../support/shared-file.ts";
import { checkSpending } from "../support/spending-check.ts";
import type { SpendingReport } from "../support/spending-check.ts";

const PROCESSES = 8;
const LIVES = 4;
const ROUNDS = 60;
const HOUR_MS = 3_600_000;

/** A root and below it one task for each process, held by its agent. */
async function lineage({ human, agent }: Shared): Promise<void> {
  await human.submit({ type: "create_task", body: { title: "the handbook" } });
  for (let n = 0; n < PROCESSES; n += 1) {
    await human.submit({ type: "create_task", body: { title: `chapter ${n}`, parent: "T-1" } });
    const { decision } = await agent(`a-${n}`).submit({ type: "claim_task", body: { task: `T-${n + 2}` } });
    assert.equal(decision.code, "task.claimed");
  }
}

/** Sweeps until nothing is due any more. */
async function sweep({ human }: Shared): Promise<void> {
  for (let before = -1; ;) {
    const { sequence } = await human.head();
    if (sequence === before) return;
    before = sequence;
    await human.submit({ type: "sweep", body: {} });
  }
}

/** Every meter of the kernel says what the recount says. */
async function sameAsMeters({ human }: Shared, { taken }: SpendingReport): Promise<void> {
  for (const { scope, used, held } of await human.meters())
    for (const dimension of ["steps", "costMicros"]) {
      const counted = taken.get(`${scope} ${dimension}`) ?? { used: 0, held: 0 };
      const metered = { used: used[dimension]?.[0] ?? 0, held: held[dimension]?.[0] ?? 0 };
      assert.deepEqual(metered, counted, `${scope} ${dimension}`);
    }
}

function refusedAt(events: readonly Event[]): ReadonlySet<string> {
  const full = events.flatMap(({ decision }) => {
    const refused = decision?.nextRefused ?? decision;
    return refused?.code === "budget.hard_limit" ? [refused.numbers] : [];
  });
  return new Set(full.map(({ scope, dimension }) => `${String(scope).split("/")[0]} ${dimension}`));
}

test("64 spenders never pass a limit by one unit, killed or not", async (context) => {
  const seed = runSeed();
  const dice = random(seed);
  const shared = await sharedFile({ policy: SPENDING_POLICY });
  const { human, clock, path, remove } = shared;
  context.after(remove);
  await lineage(shared);

  const plans = Array.from({ length: PROCESSES }, (_, n) =>
    Array.from({ length: LIVES }, (__, life) => ({
      args: [path, `a-${n}`, String(dice.below(1e9)), `T-${n + 2}`, String(ROUNDS)],
      answersMax: life === LIVES - 1 ? Infinity : 20 + dice.below(300),
    })),
  );
  const startedMs = performance.now();
  const lives = await liveAll("busy-spender.ts", plans);
  const seconds = (performance.now() - startedMs) / 1_000;
  const answers = lives.flatMap((life) => life.answers);
  const killed = lives.filter((life) => life.killed).length;

  const busy = checkSpending(await logOf(human), HARD);
  assert.deepEqual(busy.faults, []);
  await sameAsMeters(shared, busy);

  // What the dead left behind counts as spent after an hour, may be corrected for a day, and is closed then.
  clock.now = Date.now() + HOUR_MS;
  await sweep(shared);
  const [one, other] = busy.open;
  assert.ok(one !== undefined && other !== undefined, "the killed ones left nothing behind");
  const late = await human.submit({ type: "settle_step", body: { reservation: one, costMicros: 0 } });
  assert.equal(late.decision.verdict, "granted");
  clock.now += CORRECTION_MS;
  await sweep(shared);
  const tooLate = await human.submit({ type: "settle_step", body: { reservation: other, costMicros: 0 } });
  assert.equal(tooLate.decision.code, "reservation.unknown");

  const events = await logOf(human);
  const report = checkSpending(events, HARD);
  assert.deepEqual([report.faults, report.open], [[], []]);
  await sameAsMeters(shared, report);
  assert.deepEqual(missingAnswers(events, answers), []);
  const { findings, ok } = await human.verify();
  assert.deepEqual([findings, ok], [[], true]);

  const limits = refusedAt(events);
  console.log(
    `${answers.length} answers in ${seconds.toFixed(1)} s, ${killed} of ${lives.length} lives killed, ` +
      `${busy.open.length} reservations left behind, ${busy.full} times just full, refused by ${[...limits].join(", ")}`,
  );
  assert.ok(answers.length > 2_000 && killed > 10 && busy.full > 0, "the run was too tame to prove anything");
  assert.ok(limits.size >= 2, "one kind of limit was met, the others not tried");
});
