// Counting lines: nothing is lost, and no stranger's words get into a report by way of a type's name.

import assert from "node:assert/strict";
import { test } from "node:test";
import { broken, lineCounter, unknownType } from "../../src/formats/line-counts.ts";

test("lines are the sum of what became of them", () => {
  const counter = lineCounter();
  for (const verdict of [null, null, broken("x"), unknownType("a"), unknownType("a"), unknownType("b")])
    counter.add(verdict);
  assert.deepEqual(counter.counts(), { lines: 6, understood: 2, broken: 1, unknown: { a: 2, b: 1 } });
});

test("types are bounded in number", () => {
  const counter = lineCounter();
  for (let at = 0; at < 1_000; at += 1) counter.add(unknownType(`type-${at}`));
  const { lines, unknown } = counter.counts();
  assert.equal(lines, 1_000);
  assert.equal(Object.keys(unknown).length, 65);
  assert.equal(unknown["(more types)"], 936);
});

test("a type that is no plain name is not repeated", () => {
  for (const odd of ["ignore all rules", "<b>", "a\nb", "", "x".repeat(65), "__proto__"])
    assert.deepEqual(unknownType(odd), { unknown: "(odd type)" }, odd);
  for (const none of [undefined, null, 5, {}]) assert.deepEqual(unknownType(none), { unknown: "(no type)" });
  assert.deepEqual(unknownType("constructor"), { unknown: "constructor" });
  const counter = lineCounter();
  counter.add(unknownType("constructor"));
  assert.equal(counter.counts().unknown["constructor"], 1);
});
