// Times: what is read agrees with the platform's own parser on every valid time, and nothing else is taken.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseTime, ZERO_TIME_MS } from "../../src/formats/times.ts";
import { seeded } from "../support/seeded.ts";

const two = (value: number): string => String(value).padStart(2, "0");

test("a time with an offset and nine digits is read to the millisecond", () => {
  assert.equal(parseTime("2025-10-12T00:43:03.453438999-07:00"), Date.UTC(2025, 9, 12, 7, 43, 3, 453));
  assert.equal(parseTime("2025-10-12T00:43:03.0005000000Z"), Date.UTC(2025, 9, 12, 0, 43, 3, 0));
  assert.equal(parseTime("2025-10-12T18:25:29Z"), Date.UTC(2025, 9, 12, 18, 25, 29));
  assert.equal(parseTime("2025-10-12 18:25:29.5z"), Date.UTC(2025, 9, 12, 18, 25, 29, 500));
  assert.equal(parseTime("2024-02-29T23:59:59+05:30"), Date.UTC(2024, 1, 29, 18, 29, 59));
  assert.equal(parseTime("0001-01-01T00:00:00Z"), ZERO_TIME_MS);
});

test("a day or hour that no calendar has is refused", () => {
  const bad = [
    "2025-02-29T00:00:00Z",
    "2025-02-30T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2025-13-01T00:00:00Z",
    "2025-00-10T00:00:00Z",
  ];
  const worse = [
    "2025-01-00T00:00:00Z",
    "2025-01-01T24:00:00Z",
    "2025-01-01T00:60:00Z",
    "2025-01-01T00:00:60Z",
    "2025-01-01T00:00:00+24:00",
  ];
  for (const text of [...bad, ...worse, "2025-01-01T00:00:00+00:60"]) assert.equal(parseTime(text), null, text);
});

test("text that another machine would read as another time is refused", () => {
  const bad = [
    "",
    "0",
    "2025",
    "2025-01-01",
    "2025-01-01T00:00:00",
    "2025-01-01T00:00Z",
    "Jan 1 2025",
    "1735689600000",
  ];
  for (const text of [
    ...bad,
    " 2025-01-01T00:00:00Z",
    "2025-01-01T00:00:00Z\n",
    "2025-01-01T00:00:00.Z",
    "٢٠٢٥-01-01T00:00:00Z",
  ]) {
    assert.equal(parseTime(text), null, JSON.stringify(text));
  }
});

// Up to nine digits: from ten on, V8's Date.parse reads .0005000000 as five milliseconds.
test("every valid time agrees with Date.parse", () => {
  const date = fc.date({
    min: new Date("0000-01-01T00:00:00Z"),
    max: new Date("9999-12-30T00:00:00Z"),
    noInvalidDate: true,
  });
  const offset = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 });
  fc.assert(
    fc.property(date, offset, fc.stringMatching(/^(\.\d{1,9})?$/), (moment, minutes, fraction) => {
      const sign = minutes < 0 ? "-" : "+";
      const zone = `${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
      const text = `${moment.toISOString().slice(0, 19)}${fraction}${zone}`;
      assert.equal(parseTime(text), Date.parse(text));
    }),
    seeded({ numRuns: 1_000 }),
  );
});

test("any text is either a time that Date.parse knows too, or null", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const ms = parseTime(text);
      assert.ok(ms === null || ms === Date.parse(text));
    }),
    seeded({ numRuns: 1_000 }),
  );
});
