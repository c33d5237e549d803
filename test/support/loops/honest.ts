// Honest histories in the style of coding agents: they read, search, change, check, and speak now and then.

import type { Random } from "../random.ts";
import { said, userSaid } from "./act.ts";
import type { Act } from "./act.ts";
import { Noise } from "./noise.ts";
import { Project } from "./project.ts";
import type { Dice } from "./project.ts";

export function diceOf(dice: Random): Dice {
  return { dice, noise: new Noise(dice) };
}

type Choice = readonly [weight: number, acts: (project: Project) => readonly Act[]];

const CHOICES: readonly Choice[] = [
  [26, (project) => [project.read()]],
  [14, (project) => [project.search()]],
  [5, (project) => [project.list()]],
  [16, (project) => [project.edit(), project.test()]],
  [8, (project) => [project.edit()]],
  [4, (project) => [project.write()]],
  [4, (project) => [project.edit(), project.status()]],
  [6, (project) => [project.server()]],
  [4, (project) => [project.notes()]],
  [3, () => [said("The parser is done; the store comes next."), userSaid("go on")]],
];

const WEIGHT = CHOICES.reduce((sum, [weight]) => sum + weight, 0);

function chosen(dice: Random): Choice[1] {
  let left = dice.below(WEIGHT);
  for (const [weight, acts] of CHOICES) {
    left -= weight;
    if (left < 0) return acts;
  }
  throw new RangeError("no choice was left");
}

/** At least so many acts of honest work. */
export function honestActs(by: Dice, least: number): readonly Act[] {
  const project = new Project(by);
  const out: Act[] = [];
  while (out.length < least) out.push(...chosen(by.dice)(project));
  return out;
}
