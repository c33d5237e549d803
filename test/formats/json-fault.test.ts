// The JSON fault finder: it agrees with JSON.parse on what is JSON, and names the place in words of its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findJsonFault, nestsDeeper } from "../../src/formats/json-fault.ts";
import { seeded } from "../support/seeded.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Valid JSON with one character removed, doubled or replaced: almost right is where scanners go wrong. */
const almostJson = fc
  .tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom("", '"', "\\", "{", "]", ",", ":", "0", "-", ".", "e", "\u0001", "t", " "),
  )
  .map(([text, place, letter]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + letter + text.slice(at + (place % 2));
  });

test("it finds a fault exactly where JSON.parse refuses", () => {
  fc.assert(
    fc.property(fc.oneof(almostJson, fc.string(), fc.json()), (text) => {
      const fault = findJsonFault(text);
      assert.equal(fault === null, isJson(text), text);
      if (fault !== null) assert.ok(fault.column >= 1 && fault.column <= text.length + 1);
    }),
    seeded({ numRuns: 3_000 }),
  );
});

test("the column is that of the very character that spoils the text", () => {
  const word = fc.stringMatching(/^[a-z {[,:]{0,6}$/);
  fc.assert(
    fc.property(fc.dictionary(word, fc.array(word)), fc.nat(), (value, place) => {
      const text = JSON.stringify(value);
      const at = place % (text.length + 1);
      const fault = findJsonFault(`${text.slice(0, at)}\u0001`);
      assert.equal(fault?.column, at + 1);
    }),
    seeded({ numRuns: 1_000 }),
  );
});

test("the column and the words fit the fault", () => {
  const cases: readonly (readonly [string, number, RegExp])[] = [
    ['{"a" 1}', 6, /^: was expected$/],
    ['{"a":1', 7, /line ends where , or } was expected/],
    ['{"a":"b', 8, /line ends inside a string/],
    ['{"a":"b\\', 9, /line ends inside a string/],
    ['{"a":"\\x"}', 8, /bad escape/],
    ['{"a":tru}', 6, /a value was expected/],
    ['{"a":01}', 7, /, or } was expected/],
    ["{'a':1}", 2, /property name in quotes/],
    ["[1,]", 4, /a value was expected/],
    ["{} x", 4, /the end was expected/],
    ['"a\tb"', 3, /control character/],
  ];
  for (const [text, column, why] of cases) {
    const fault = findJsonFault(text);
    assert.equal(fault?.column, column, text);
    assert.match(fault?.why ?? "", why, text);
  }
});

test("a million open brackets are a fault, not a stack overflow", () => {
  assert.equal(findJsonFault("[".repeat(1_000_000))?.column, 1_000_001);
  assert.equal(nestsDeeper("[".repeat(1_000_000), 512), true);
});

test("brackets inside strings do not nest", () => {
  assert.equal(nestsDeeper(JSON.stringify({ title: "[".repeat(1_000), more: ["\\", '"[[['] }), 2), false);
  assert.equal(nestsDeeper("[[[]]]", 2), true);
  assert.equal(nestsDeeper("[[],[],[[]]]", 3), false);
});
