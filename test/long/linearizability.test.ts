// Eight processes on one file, killed at random, write down what they asked and were answered. The merged history has an
// order that agrees with real time and the specification: the one that the log claims, and one found without it.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { recordHistory } from "../../src/kernel/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";
import { keyOf, operationsIn } from "../support/call-history.ts";
import type { Operation } from "../support/call-history.ts";
import { claimedOrderFaults, searchFaults } from "../support/linearizable.ts";
import { liveAll, logOf } from "../support/lives.ts";
import { random, runSeed } from "../support/random.ts";
import { sharedFile } from "../support/shared-file.ts";

const PROCESSES = 8;
const LIVES = 5;
const COMMANDS = 160;
const TASKS = 24;
const STEPS_MAX = 60;

/** Where each grant stands in the log, by who asked and under which id. */
async function placesIn(human: Kernel): Promise<ReadonlyMap<string, number>> {
  const places = new Map<string, number>();
  for (const { decision, kind, actor, commandId, sequence } of await logOf(human))
    if (decision?.verdict === "granted") places.set(`${kind}:${actor} ${commandId}`, sequence);
  return places;
}

function counted(operations: readonly Operation[], places: ReadonlyMap<string, number>): string {
  const lost = operations.filter(({ answered }) => answered === null);
  const done = lost.filter(({ asked }) => places.has(keyOf(asked))).length;
  const replayed = operations.filter(({ answered }) => answered?.replayed === true).length;
  const refused = operations.filter(({ answered }) => answered?.verdict === "refused").length;
  return (
    `${operations.length} operations, ${refused} refused, ${replayed} answered again, ` +
    `${lost.length} without an answer, ${done} of those done`
  );
}

const secondsSince = (startedMs: number): string => `${((performance.now() - startedMs) / 1_000).toFixed(1)} s`;

test("histories of eight processes that are killed at random are linearizable", async (context) => {
  const seed = runSeed();
  const dice = random(seed);
  const { human, path, remove } = await sharedFile();
  context.after(remove);
  const file = `${path}.history`;
  let made = "";
  const boss = recordHistory(human, (line) => (made += `${line}\n`), { process: "boss" });
  for (let n = 1; n <= TASKS; n += 1)
    await boss.submit({ type: "create_task", body: { title: `task ${n}`, limits: { steps: STEPS_MAX } } });
  writeFileSync(file, made);

  const beganMs = performance.now();
  const plans = Array.from({ length: PROCESSES }, (_, n) =>
    Array.from({ length: LIVES }, (__, life) => ({
      args: [path, `a-${n}`, String(life), String(dice.below(1e9)), String(COMMANDS), file, String(TASKS)],
      answersMax: life === LIVES - 1 ? Infinity : 5 + dice.below(COMMANDS),
    })),
  );
  const lives = await liveAll("busy-historian.ts", plans);
  const killed = lives.filter((life) => life.killed).length;
  console.log(`${killed} of ${lives.length} lives killed in ${secondsSince(beganMs)}`);

  const operations = operationsIn([readFileSync(file, "utf8")]);
  const places = await placesIn(human);
  console.log(counted(operations, places));
  assert.deepEqual(claimedOrderFaults(operations, places).slice(0, 5), [], `seed ${seed}`);
  const searchMs = performance.now();
  assert.deepEqual(searchFaults(operations).slice(0, 5), [], `seed ${seed}`);
  console.log(`searched in ${secondsSince(searchMs)}`);
  assert.ok(operations.length > 2_000 && killed > 10, "the run was too tame to prove anything");
});
