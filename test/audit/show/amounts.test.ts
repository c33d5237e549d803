import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, day, days, grouped, length, needsYear, share, size, when } from "../../../src/audit/show/amounts.ts";

const at = (text: string): number => Date.parse(text);
const range = (first: string, last: string): { firstMs: number; lastMs: number } => ({
  firstMs: at(first),
  lastMs: at(last),
});

test("counts have their thousands apart", () => {
  assert.deepEqual([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
  assert.deepEqual([counted(1, "task"), counted(2_000, "task")], ["1 task", "2,000 tasks"]);
});

test("a part is never rounded to nothing, nor to all", () => {
  assert.deepEqual(
    [share(0, 10), share(1, 1_000), share(1, 2), share(999, 1_000), share(5, 5), share(0, 0)],
    ["0%", "under 1%", "50%", "99%", "100%", "0%"],
  );
});

test("bytes are said in the unit that fits", () => {
  assert.deepEqual([712, 38_400, 1_449_000].map(size), ["712 B", "38 KB", "1.4 MB"]);
});

test("days leave out what is said already", () => {
  assert.equal(day(at("2025-10-12T23:59:59Z")), "12 Oct 2025");
  assert.equal(days(range("2025-10-12T00:00:00Z", "2026-02-28T00:00:00Z")), "12 Oct 2025 - 28 Feb 2026");
  assert.equal(days(range("2026-01-02T00:00:00Z", "2026-02-28T00:00:00Z")), "2 Jan - 28 Feb 2026");
  assert.equal(days(range("2026-01-02T00:00:00Z", "2026-01-02T09:00:00Z")), "2 Jan 2026");
  assert.equal(days(null), "no dates");
});

test("a burst says how short it was", () => {
  assert.equal(when(range("2025-10-21T23:55:00Z", "2025-10-22T00:14:00Z"), false), "21 Oct, in 19 min");
  assert.equal(when(range("2025-10-21T10:00:00Z", "2025-10-21T20:31:00Z"), false), "21 Oct, in 11 h");
  assert.equal(when(range("2025-12-27T00:00:00Z", "2026-01-10T00:00:00Z"), false), "27 Dec - 10 Jan");
  assert.equal(when(range("2025-12-27T00:00:00Z", "2025-12-27T00:00:00Z"), false), "27 Dec");
  assert.equal(when(range("2025-12-27T00:00:00Z", "2026-01-10T00:00:00Z"), true), "27 Dec 2025 - 10 Jan 2026");
  assert.equal(needsYear(range("2025-01-01T00:00:00Z", "2026-03-01T00:00:00Z")), true);
  assert.equal(needsYear(range("2025-10-01T00:00:00Z", "2026-03-01T00:00:00Z")), false);
});

test("lengths are said in one or two units", () => {
  assert.deepEqual([250, 61_000, 7_200_000, 90_000_000, 12.5 * 86_400_000].map(length), [
    "250 ms",
    "1 min 1 s",
    "2 h",
    "25 h",
    "12 days",
  ]);
});
