// The index behind pages in memory: at every moment it gives the keys that a sorted list would, from any place.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { KeyIndex } from "../../../src/store/memory/key-index.ts";
import { seed } from "../support.ts";

/** Fills and empties an index in the given order, over several runs, beside a plain set. */
function filled(numbers: readonly number[]): { readonly index: KeyIndex; readonly keys: Set<string> } {
  const index = new KeyIndex();
  const keys = new Set<string>();
  for (const key of numbers.map((number) => String(number).padStart(6, "0"))) {
    if (keys.delete(key)) index.remove(key);
    else {
      keys.add(key);
      index.add(key);
    }
  }
  return { index, keys };
}

test("the keys come in order from any place, after any additions and removals", () => {
  const numbers = fc.array(fc.nat(3_000), { minLength: 0, maxLength: 6_000, size: "max" });
  fc.assert(
    fc.property(numbers, fc.nat(3_001), (given, from) => {
      const { index, keys } = filled(given);
      const start = String(from).padStart(6, "0");
      assert.deepEqual([...index.from(start)], [...keys].filter((key) => key >= start).sort());
    }),
    { seed, numRuns: 60 },
  );
});

test("keys that come in order, backwards or all over fill many runs without a gap", () => {
  const upwards = Array.from({ length: 5_000 }, (_, number) => number);
  const scattered = upwards.map((number) => (number * 7_919) % 5_003);
  for (const order of [upwards, upwards.toReversed(), scattered]) {
    const { index, keys } = filled(order);
    assert.deepEqual([...index.from("")], [...keys].sort());
  }
});

test("an index that was emptied is as good as new", () => {
  const { index } = filled([...Array(2_000).keys(), ...Array(2_000).keys()]);
  assert.deepEqual([...index.from("")], []);
  index.add("a");
  assert.deepEqual([...index.from("")], ["a"]);
});
