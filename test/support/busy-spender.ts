// A process of its own: eight spenders of one agent on one task, at once. Each reserves, and settles, cancels, goes on to
// its next step in the same command, or forgets about it. Nobody uses more than it reserved, so no limit may ever be
// passed. Arguments: path, agent's name, seed, task, number of rounds.

import type { Policy } from "../../src/core/index.ts";
import { DAY_ONE_POLICY, NO_LIMITS } from "../../src/core/index.ts";
import type { ReserveStepRequest } from "../../src/kernel/index.ts";
import { random } from "./random.ts";
import type { Random } from "./random.ts";
import type { HardLimits } from "./spending-check.ts";
import type { Ask } from "./worker.ts";
import { openWorker } from "./worker.ts";

/** Low enough that each of them is met: some tasks run out first, then their lineage. */
export const HARD: HardLimits = {
  task: { costMicros: 1_000_000, steps: 80 },
  lineage: { costMicros: 5_000_000, steps: 600 },
};

const hard = (amounts: { readonly [dimension: string]: number } = {}) =>
  Object.fromEntries(Object.entries(amounts).map(([name, limit]) => [name, { soft: null, hard: limit }]));

export const SPENDING_POLICY: Policy = {
  ...DAY_ONE_POLICY,
  budget: {
    ...DAY_ONE_POLICY.budget,
    task: { ...NO_LIMITS, lifetime: hard(HARD.task) },
    lineage: { ...NO_LIMITS, lifetime: hard(HARD.lineage) },
  },
};

const SPENDERS = 8;

/** From 1 micro-dollar to a quarter of a dollar, small ones as often as large ones: the last unit is fought for. */
function amount(dice: Random): number {
  return Math.ceil(250_000 ** dice.next());
}

function ask(task: string, dice: Random): ReserveStepRequest {
  return { task, costMicros: amount(dice), started: dice.below(4) === 0 };
}

/** Closes one reservation in one of the ways; the next one where it made one. */
async function closed(
  reservation: string,
  most: number,
  task: string,
  dice: Random,
  tell: Ask,
): Promise<string | null> {
  const chance = dice.below(100);
  if (chance < 2) return null;
  if (chance < 40) {
    const answer = await tell({ type: "cancel_step", body: { reservation } });
    if (answer.verdict === "granted") return null;
  }
  const costMicros = dice.below(most + 1);
  if (chance < 70) {
    await tell({ type: "settle_step", body: { reservation, costMicros } });
    return null;
  }
  const next = { ...ask(task, dice), costMicros: most };
  const { result } = await tell({ type: "settle_step", body: { reservation, costMicros, next } });
  return result?.["next"] === undefined ? null : String(result["next"]);
}

async function spend(task: string, dice: Random, rounds: number, tell: Ask): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const body = ask(task, dice);
    const { result } = await tell({ type: "reserve_step", body });
    let reservation = result === undefined ? null : String(result["reservation"]);
    while (reservation !== null) reservation = await closed(reservation, body.costMicros ?? 0, task, dice, tell);
  }
}

async function main([path = "", name = "", seed = "0", task = "", rounds = "0"]: readonly string[]): Promise<void> {
  const worker = await openWorker({ path, policy: SPENDING_POLICY });
  const spenders = Array.from({ length: SPENDERS }, (_, n) =>
    spend(task, random(Number(seed) + n), Number(rounds), worker.as(name, `${seed}.${n}`)),
  );
  await Promise.all(spenders);
  await worker.close();
}

if (import.meta.main) await main(process.argv.slice(2));
