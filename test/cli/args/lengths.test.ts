// Lengths of time and points in time: what people write, and nothing else.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { deadlineIn, lengthMs } from "../../../src/cli/args/lengths.ts";
import { UsageError } from "../../../src/cli/args/usage.ts";
import { seeded } from "../../support/seeded.ts";

const HOUR_MS = 3_600_000;

test("lengths are whole numbers with a unit, longest unit first", () => {
  const known: readonly (readonly [string, number])[] = [
    ["1s", 1_000],
    ["90m", 90 * 60_000],
    ["2h", 2 * HOUR_MS],
    ["1d", 24 * HOUR_MS],
    ["1h30m", 1.5 * HOUR_MS],
    ["1d2h3m4s", 26 * HOUR_MS + 3 * 60_000 + 4_000],
    ["365d", 365 * 24 * HOUR_MS],
  ];
  for (const [text, ms] of known) assert.equal(lengthMs("--for", text), ms, text);
});

test("every length reads as it was written", () => {
  const parts = fc.tuple(fc.nat(9), fc.nat(99), fc.nat(99), fc.integer({ min: 1, max: 99 }));
  fc.assert(
    fc.property(parts, ([d, h, m, s]) => {
      const ms = d * 24 * HOUR_MS + h * HOUR_MS + m * 60_000 + s * 1_000;
      assert.equal(lengthMs("--for", `${d}d${h}h${m}m${s}s`), ms);
    }),
    seeded(),
  );
});

test("what is no length is told, never guessed", () => {
  for (const text of [
    "",
    " ",
    "1x",
    "2",
    "1.5h",
    "-1h",
    "30m1h",
    "1h 30m",
    "h",
    "2H",
    "1h30",
    "in 2h",
    "1".repeat(12) + "h",
  ])
    assert.throws(() => lengthMs("--for", text), /^UsageError: --for ".*" is no length of time such as 30s/, text);
  assert.throws(() => lengthMs("--for", "0s"), /--for 0s is no time at all: at least 1s/);
  assert.throws(() => lengthMs("--for", "366d"), /--for 366d is too long: at most 365d/);
});

test("a deadline is an ISO time, or a length from now on", () => {
  const now = Date.UTC(2026, 0, 31, 10);
  assert.equal(deadlineIn("--deadline", "in 2h", now), now + 2 * HOUR_MS);
  assert.equal(deadlineIn("--deadline", "90m", now), now + 90 * 60_000);
  assert.equal(deadlineIn("--deadline", "2026-01-31T12:00Z", now), now + 2 * HOUR_MS);
  for (const text of ["", "in", "in 1x", "tomorrow", "2026-13-01", "in two hours"])
    assert.throws(() => deadlineIn("--deadline", text, now), UsageError, text);
});

test("a deadline that is over is refused by its value", () => {
  const now = Date.UTC(2026, 0, 31, 10);
  for (const text of ["2026-01-31T10:00Z", "2020-01-01"])
    assert.throws(() => deadlineIn("--deadline", text, now), new RegExp(`--deadline "${text}" is over already`), text);
});
