// The plan of a crash run, drawn from its seed before anything starts: which life dies how, and what file it writes to.

import { random } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import { POINTS } from "./orders.ts";
import type { Death, Orders } from "./orders.ts";

export const PROCESSES = 4;
/** One after the other, while the other processes live theirs: who recovers has to wait for others' locks too. */
export const LIVES_A_ROUND = 2;
/** Then a new file: verify folds the whole log after every round. */
const ROUNDS_A_FILE = 6;
const AGENTS = 3;

export type LifePlan = Omit<Orders, "path" | "again">;

/** `lives[process][n]`: the deaths of one process, in order. */
export type RoundPlan = { readonly file: number; readonly lives: readonly (readonly LifePlan[])[] };

/** Two thirds by its own hand inside a transaction or right after one; one third from outside at any moment. */
function deathOf(dice: Random): Death {
  if (dice.below(3) > 0) return { by: "itself", point: dice.pick(POINTS), nth: 1 + dice.below(60) };
  return { by: "parent", lines: 1 + dice.below(120), delayMs: dice.below(4) };
}

function lifeOf(process: number, life: string, dice: Random): LifePlan {
  return {
    process,
    life,
    seed: dice.below(1e9),
    agents: AGENTS,
    // Every other life cuts the log so often that a kill may meet it.
    walBytesMax: dice.below(2) === 0 ? 200_000 : 8_000_000,
    death: deathOf(dice),
  };
}

/** A plan of exactly `kills` deaths. */
export function planOf(kills: number, seed: number): readonly RoundPlan[] {
  const dice = random(seed);
  const rounds: RoundPlan[] = [];
  for (let left = kills, round = 0; left > 0; round += 1) {
    const lives: LifePlan[][] = [];
    for (let process = 0; process < PROCESSES && left > 0; process += 1) {
      const count = Math.min(LIVES_A_ROUND, left);
      left -= count;
      lives.push(Array.from({ length: count }, (_, n) => lifeOf(process, `${round}.${process}.${n}`, dice)));
    }
    rounds.push({ file: Math.floor(round / ROUNDS_A_FILE), lives });
  }
  return rounds;
}
