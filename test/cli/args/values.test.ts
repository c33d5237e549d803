// Values of flags: exact, and everything else is told.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UsageError } from "../../../src/cli/args/usage.ts";
import { microsOf, timeOf, whole } from "../../../src/cli/args/values.ts";
import { seeded } from "../../support/seeded.ts";

test("dollars become micro-dollars exactly, for every amount up to a million", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (micros) => {
      const text = `${Math.trunc(micros / 10 ** 6)}.${String(micros % 10 ** 6).padStart(6, "0")}`;
      assert.equal(microsOf("--cost", text), micros);
      assert.equal(microsOf("--cost", text.replace(/0+$/, "").replace(/\.$/, "")), micros);
    }),
    seeded(),
  );
});

test("an amount that is no plain decimal is refused, never rounded", () => {
  for (const text of [
    "",
    " ",
    "1e3",
    "0x10",
    ".5",
    "5.",
    "1,5",
    "1_0",
    "--1",
    "NaN",
    "Infinity",
    "1.0000001",
    "-1",
    "9".repeat(20),
  ]) {
    assert.throws(() => microsOf("--cost", text), UsageError, text);
  }
  assert.equal(microsOf("--cost", "1.0000000"), 1_000_000, "zeros at the end change nothing");
});

test("whole numbers keep their bounds", () => {
  assert.equal(whole("--fence", "007"), 7);
  assert.equal(Object.is(whole("--fence", "-0"), 0), true);
  assert.throws(() => whole("--limit", "0", 1), /--limit 0 is too small: at least 1/);
  assert.throws(() => whole("--fence", "9007199254740992"), /is too large/);
  for (const text of ["", "1.0", "1e3", "one", "１"]) assert.throws(() => whole("--fence", text), UsageError, text);
});

test("times are ISO, in UTC where no zone is named, and nothing else", () => {
  const at = Date.UTC(2026, 0, 31, 10, 0);
  for (const text of [
    "2026-01-31T10:00",
    "2026-01-31T10:00Z",
    "2026-01-31 10:00:00",
    "2026-01-31T11:00+01:00",
    "2026-01-31T10:00:00.000Z",
  ])
    assert.equal(timeOf("--since", text), at, text);
  assert.equal(timeOf("--since", "2026-01-31"), Date.UTC(2026, 0, 31));
  for (const text of ["17", "now", "31.1.2026", ""]) assert.equal(timeOf("--since", text), null, text);
});

test("a day or an hour that there is not is refused by its value, and does not roll over", () => {
  for (const text of [
    "2026-02-30",
    "2026-02-29",
    "2026-06-31T10:00:00Z",
    "2026-13-01",
    "2026-00-10",
    "2026-02-31T99:00",
  ])
    assert.throws(
      () => timeOf("--since", text),
      new RegExp(`^UsageError: --since "${text}" is no time that there is`),
      text,
    );
  assert.equal(timeOf("--since", "2028-02-29"), Date.UTC(2028, 1, 29));
  assert.equal(timeOf("--since", "2026-03-01T00:30+01:00"), Date.UTC(2026, 1, 28, 23, 30));
});
