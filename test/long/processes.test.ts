// Eight processes create, claim and move tasks on one SQLite file at once and are killed at random. Afterwards the log
// is whole and every decision that was acknowledged stands in it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkClaims } from "../support/claim-check.ts";
import { liveAll, logOf, missingAnswers } from "../support/lives.ts";
import { random, runSeed } from "../support/random.ts";
import { sharedFile } from "../support/shared-file.ts";

const PROCESSES = 8;
const LIVES = 6;
const COMMANDS = 250;

test("eight processes on one file, killed at random, lose nothing acknowledged and leave the log whole", async (context) => {
  const seed = runSeed();
  const dice = random(seed);
  const { human, path, remove } = await sharedFile();
  context.after(remove);
  for (let n = 1; n <= 24; n += 1) await human.submit({ type: "create_task", body: { title: `task ${n}` } });

  const plans = Array.from({ length: PROCESSES }, (_, n) =>
    Array.from({ length: LIVES }, () => ({
      args: [path, `a-${n}`, String(dice.below(1e9)), String(COMMANDS)],
      answersMax: 5 + dice.below(COMMANDS),
    })),
  );
  const lives = await liveAll("busy-agent.ts", plans);
  const answers = lives.flatMap((life) => life.answers);
  const killed = lives.filter((life) => life.killed).length;

  const report = await human.verify();
  assert.deepEqual([report.findings, report.ok], [[], true]);
  const events = await logOf(human);
  assert.deepEqual(missingAnswers(events, answers), []);
  const { faults, claims } = checkClaims(events);
  assert.deepEqual(faults, []);
  console.log(
    `${answers.length} answers, ${killed} of ${lives.length} lives killed, ${report.events} events, ${claims} claims`,
  );
  assert.ok(
    answers.length > 1_000 && report.events > 1_000 && killed > 10 && claims > 20,
    "the run was too tame to prove anything",
  );
});
