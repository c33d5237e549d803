// The demo's choices are repeatable, and bad seeds are not guessed at.

import assert from "node:assert/strict";
import { test } from "node:test";
import { demoSeed } from "../../src/cli/demo/index.ts";
import { mixed, randomFrom } from "../../src/cli/demo/random.ts";

test("equal seeds give equal choices, other seeds other ones", () => {
  const draw = (seed: number): readonly number[] => Array.from({ length: 20 }, randomFrom(seed).fraction);
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(7), draw(8));
});

test("choices lie between their ends and reach both", () => {
  const { between } = randomFrom(1);
  const drawn = new Set(Array.from({ length: 500 }, () => between(4, 9)));
  assert.deepEqual(
    [...drawn].toSorted((a, b) => a - b),
    [4, 5, 6, 7, 8, 9],
  );
});

test("rows of one seed draw apart from each other", () => {
  assert.equal(new Set([1, 2, 3, 4, 5, 6, 7, 8].map((row) => mixed(42, row))).size, 8);
});

const SEEDS: readonly { flag?: string; env: { [name: string]: string }; seed: number | null }[] = [
  { env: {}, seed: 42 },
  { env: { SEED: "" }, seed: 42 },
  { env: { SEED: "7" }, seed: 7 },
  { flag: "8", env: { SEED: "7" }, seed: 8 },
  { flag: "0", env: {}, seed: 0 },
  { flag: "4294967295", env: {}, seed: 4_294_967_295 },
  { flag: "4294967296", env: {}, seed: null },
  { flag: "", env: {}, seed: null },
  { flag: "-1", env: {}, seed: null },
  { flag: "1.5", env: {}, seed: null },
  { env: { SEED: "many" }, seed: null },
];

for (const { flag, env, seed } of SEEDS) {
  test(`--seed ${flag ?? "left out"} with ${JSON.stringify(env)} is ${seed ?? "no seed"}`, () => {
    assert.equal(demoSeed(flag, env), seed);
  });
}
