import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decimalRange, formatDecimal, parseDecimal } from "../../src/config/decimal.ts";
import { seeded } from "../support/seeded.ts";

const MAX = 2 ** 40;

test("a decimal is read without a float in between", () => {
  assert.equal(parseDecimal("0.1", 6, MAX), 100_000);
  assert.equal(parseDecimal("4.35", 6, MAX), 4_350_000);
  assert.equal(parseDecimal("1.005", 6, MAX), 1_005_000);
  assert.equal(parseDecimal("1099511.627776", 6, MAX), MAX);
  assert.equal(parseDecimal("1099511.627777", 6, MAX), null);
});

test("only plain digits are a number", () => {
  for (const text of [
    "",
    "-1",
    "-0",
    "1e3",
    "010",
    "00",
    "0x10",
    "0o10",
    "1_000",
    ".5",
    "5.",
    "1,5",
    " 5",
    "5 ",
    "٥",
    "NaN",
    "Infinity",
    ".inf",
    "1:30",
  ]) {
    assert.equal(parseDecimal(text, 3, MAX), null, JSON.stringify(text));
  }
  assert.equal(parseDecimal("+5", 0, MAX), 5);
});

test("trailing zeros of the decimals do not count, other decimals past the unit do", () => {
  assert.equal(parseDecimal("5.0", 0, MAX), 5);
  assert.equal(parseDecimal("1.50000000", 3, MAX), 1_500);
  assert.equal(parseDecimal("5.1", 0, MAX), null);
  assert.equal(parseDecimal("0.0000001", 6, MAX), null);
});

test("a text of a million digits is refused at once", () => {
  assert.equal(parseDecimal("9".repeat(1_000_000), 0, MAX), null);
  assert.equal(parseDecimal(`0.${"0".repeat(1_000_000)}1`, 6, MAX), null);
});

test("units written as a decimal are read back as the same units", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MAX }), fc.constantFrom(0, 3, 6), (units, places) => {
      assert.equal(parseDecimal(formatDecimal(units, places), places, MAX), units);
    }),
    seeded(),
  );
});

test("the range is said in the file's unit", () => {
  assert.equal(decimalRange(0, 32), "a whole number from 0 to 32");
  assert.equal(decimalRange(6, MAX), "a number from 0 to 1099511.627776 with at most 6 decimals");
});
