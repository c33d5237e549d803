// Amounts by dimension and lists of names: exact, each named once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { amountsOf } from "../../../src/cli/args/amounts.ts";
import { choiceOf } from "../../../src/cli/args/choice.ts";
import { listOf } from "../../../src/cli/args/lists.ts";
import { UsageError } from "../../../src/cli/args/usage.ts";

test("cost is dollars, time a length, every other dimension a whole number", () => {
  assert.deepEqual(amountsOf("--budget", "cost=5,steps=400"), { costMicros: 5_000_000, steps: 400 });
  assert.deepEqual(amountsOf("--budget", "cost=0.000001, time=1h30m ,apiCalls=0"), {
    costMicros: 1,
    durationMs: 5_400_000,
    apiCalls: 0,
  });
  // Near enough to a known one for a warning elsewhere, too far to be refused.
  assert.deepEqual(amountsOf("--amount", "pages=1,posts=2"), { pages: 1, posts: 2 });
});

test("a wrong amount is told with its flag and its name", () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ["", /--budget "" is no amount: write NAME=N/],
    ["cost", /--budget "cost" is no amount/],
    ["cost=", /--budget "cost=" is no amount/],
    ["=5", /--budget "=5" is no amount/],
    ["cost=5,", /--budget "" is no amount/],
    ["cost=-5", /--budget cost -5 is negative/],
    ["cost=1e3", /--budget cost "1e3" is no amount of dollars/],
    ["cost=0.0000001", /has 7 decimals: at most 6/],
    ["steps=1.5", /--budget steps "1\.5" is not a whole number/],
    ["steps=-1", /--budget steps -1 is too small: at least 0/],
    ["steps=99999999999999999999", /is too large/],
    ["time=1x", /--budget time "1x" is no length of time/],
    ["cost=1,cost=2", /--budget names "cost" twice/],
    ["costMicros=5", /"costMicros=5": did you mean cost=5 \(dollars\)\?/],
    ["durationMs=5", /did you mean time=6h\?/],
    ["cost_usd=5", /did you mean cost=5 \(dollars\)\?/],
    ["usd=5", /did you mean cost=5 \(dollars\)\?/],
    ["duration_seconds=60", /did you mean time=6h\?/],
    ["token=5", /did you mean tokens=9000\?/],
    ["step=3", /did you mean steps=400\?/],
    ["Steps=3", /did you mean steps\?/],
    ["tokns=3", /did you mean tokens\?/],
  ];
  for (const [text, says] of wrong) assert.throws(() => amountsOf("--budget", text), says, text);
});

test("a name that every object has is a name like any other", () => {
  assert.deepEqual(Object.entries(amountsOf("--budget", "__proto__=1")), [["__proto__", 1]]);
});

test("names stand between commas, each once, and none is no name", () => {
  assert.equal(listOf("--needs", undefined), undefined);
  assert.deepEqual(listOf("--needs", "none"), []);
  assert.deepEqual(listOf("--needs", "a, b"), ["a", "b"]);
  for (const text of ["", "a,", ",a", "a,,b"]) assert.throws(() => listOf("--needs", text), /has an empty name/, text);
  assert.throws(() => listOf("--needs", "a,b,a"), /--needs names "a" twice/);
});

test("a misspelt choice is told with the nearest one", () => {
  assert.equal(choiceOf("--window", "day", ["hour", "day"]), "day");
  assert.throws(() => choiceOf("--window", "dya", ["hour", "day"]), /"dya" is none of hour, day, did you mean day\?/);
  assert.throws(() => choiceOf("--window", "", ["hour", "day"]), UsageError);
});
