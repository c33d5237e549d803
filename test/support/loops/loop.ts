// What a loop is to the tests: acts that go on for ever, and after how many of them at most it has to be found.

import type { Act } from "./act.ts";
import type { Dice } from "./project.ts";

export type Loop = {
  /** Honest acts that come right before it. */
  readonly lead: readonly Act[];
  /** The act at this place, from 0. */
  readonly at: (place: number) => Act;
  /** Whether this act counts; left out: all do. */
  readonly counts?: (act: Act) => boolean;
  /** So many of those that count run at most before one is refused. */
  readonly within: number;
};

export type LoopKind = { readonly name: string; readonly make: (by: Dice) => Loop };

/** As many different ones of these, in an order of their own. */
export function several<T>(items: readonly T[], count: number, { dice }: Dice): readonly T[] {
  const left = [...items];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(dice.below(left.length), 1)).flat();
}

/** The item at this place of a list that begins anew at its end. */
export function turning<T>(items: readonly T[], place: number): T {
  const item = items[place % items.length];
  if (item === undefined) throw new RangeError("nothing turns");
  return item;
}
