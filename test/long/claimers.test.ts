// 64 claimers in eight processes: for one task, for the next ready one, and with deaths, whose leases run out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_ONE_POLICY } from "../../src/core/index.ts";
import { TASKS } from "../support/busy-claimer.ts";
import { checkClaims } from "../support/claim-check.ts";
import { liveAll, logOf, missingAnswers } from "../support/lives.ts";
import type { Answer, Life } from "../support/lives.ts";
import { random, runSeed } from "../support/random.ts";
import { sharedFile, sharedServer } from "../support/shared-file.ts";
import type { Shared } from "../support/shared-file.ts";

const STORES = [
  ["an SQLite file", sharedFile],
  ["a PostgreSQL server", sharedServer],
] as const;
const PROCESSES = 8;
const CLAIMERS = 64;
const LIVES = 5;
const ROUNDS = 40;
const TTL_MS = DAY_ONE_POLICY.lease.ttlMs;

async function tasks({ human }: Shared, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) await human.submit({ type: "create_task", body: { title: `task ${n}` } });
}

/** Each of the 64 claims once, all at once. */
async function claimOnce({ path }: Shared, wanted: string): Promise<readonly Answer[]> {
  const plans = Array.from({ length: PROCESSES }, (_, n) => [
    { args: [path, `a-${n}`, "0", "1", "0", wanted], answersMax: Infinity },
  ]);
  const answers = (await liveAll("busy-claimer.ts", plans)).flatMap((life) => life.answers);
  assert.equal(answers.length, CLAIMERS);
  return answers;
}

function counts(answers: readonly Answer[]): { readonly [code: string]: number } {
  const found: Record<string, number> = {};
  for (const { code } of answers) found[code] = (found[code] ?? 0) + 1;
  return found;
}

/** The log is whole, has what was answered, and no task had two holders. */
async function checked({ human }: Shared, answers: readonly Answer[]): Promise<ReturnType<typeof checkClaims>> {
  const { findings, ok } = await human.verify();
  assert.deepEqual([findings, ok], [[], true]);
  const events = await logOf(human);
  assert.deepEqual(missingAnswers(events, answers), []);
  const report = checkClaims(events);
  assert.deepEqual(report.faults, []);
  return report;
}

for (const [where, open] of STORES) {
  test(`on ${where}, of 64 that claim one task at once exactly one gets it`, async (context) => {
    const shared = await open();
    context.after(shared.remove);
    await tasks(shared, 1);
    const answers = await claimOnce(shared, "T-1");
    assert.deepEqual(counts(answers), { "task.claimed": 1, "lease.taken": CLAIMERS - 1 });
    assert.equal((await checked(shared, answers)).claims, 1);
  });

  test(`on ${where}, of 64 that claim the next of 24 tasks at once 24 get one each, and no two the same`, async (context) => {
    const shared = await open();
    context.after(shared.remove);
    await tasks(shared, TASKS);
    const answers = await claimOnce(shared, "next");
    assert.deepEqual(counts(answers), { "task.claimed": TASKS, "claim.nothing_ready": CLAIMERS - TASKS });
    const taken = answers.flatMap(({ verdict, result }) => (verdict === "granted" ? [result?.["task"]] : []));
    assert.equal(new Set(taken).size, TASKS);
    assert.equal((await checked(shared, answers)).claims, TASKS);
  });
}

/** Each life of a process runs a little more than a lease ahead of the one before. */
async function liveAndDie({ path }: Shared, seed: number): Promise<readonly Life[]> {
  const dice = random(seed);
  const plans = Array.from({ length: PROCESSES }, (_, n) =>
    Array.from({ length: LIVES }, (__, life) => ({
      args: [path, `a-${n}`, String(dice.below(1e9)), String(ROUNDS), String(life * (TTL_MS + 300_000)), "any"],
      answersMax: life === LIVES - 1 ? Infinity : 10 + dice.below(400),
    })),
  );
  return await liveAll("busy-claimer.ts", plans);
}

test("tasks of killed claimers are lost after their time and claimed under higher fences, never twice", async (context) => {
  const seed = runSeed();
  const shared = await sharedFile();
  context.after(shared.remove);
  await tasks(shared, TASKS);
  const startedMs = performance.now();
  const lives = await liveAndDie(shared, seed);
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  const answers = lives.flatMap((life) => life.answers);
  const killed = lives.filter((life) => life.killed).length;
  const { claims, lost } = await checked(shared, answers);
  const found = counts(answers);
  const stale = (found["lease.fence_stale"] ?? 0) + (found["lease.not_held"] ?? 0);
  console.log(
    `${answers.length} answers in ${seconds} s, ${killed} of ${lives.length} lives killed, ${claims} claims, ` +
      `${lost} leases lost, ${stale} writes under a lost one refused`,
  );
  assert.ok(
    answers.length > 2_000 && killed > 10 && claims > 500 && lost > 10 && stale > 0,
    "the run was too tame to prove anything",
  );
});
