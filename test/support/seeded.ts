// The seed of a property test: printed, and replayed by SEED=.

import type fc from "fast-check";

/** Options for fc.assert with a seed that is printed when it is not given. */
export function seeded<T>(options: fc.Parameters<T> = {}): fc.Parameters<T> {
  const given = process.env["SEED"];
  const seed = given === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(given);
  console.log(`seed ${seed} (SEED=${seed} replays)`);
  return { ...options, seed };
}
