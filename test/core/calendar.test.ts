import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { windowsAt } from "../../src/core/index.ts";
import { random, runSeed } from "../support/random.ts";

const HOUR = 3_600_000;
const DAY = 86_400_000;

/** The windows as the platform's own calendar has them. */
function byDate(at: number): readonly number[] {
  const date = new Date(at);
  const month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  return [0, Math.floor(at / HOUR), Math.floor(at / DAY), month];
}

const LAST = Date.UTC(2500, 0, 1);

describe("windowsAt", () => {
  test("agrees with the platform's calendar at any time", () => {
    const dice = random(runSeed());
    for (let n = 0; n < 20_000; n += 1) {
      const at = Math.floor(dice.next() * LAST);
      assert.deepEqual(windowsAt(at), byDate(at), String(at));
    }
  });

  test("agrees on the first and the last millisecond of every month for 530 years", () => {
    for (let month = 0; month < 530 * 12; month += 1) {
      const first = Date.UTC(1970, month, 1);
      assert.deepEqual(windowsAt(first), byDate(first));
      if (first > 0) assert.deepEqual(windowsAt(first - 1), byDate(first - 1));
    }
  });

  test("February has 29 days in leap years, 28 in the others and in 2100", () => {
    for (const [year, days] of [
      [2024, 29],
      [2026, 28],
      [2000, 29],
      [2100, 28],
      [2400, 29],
    ] as const) {
      const [, , , february] = windowsAt(Date.UTC(year, 1, 1));
      assert.equal(windowsAt(Date.UTC(year, 1, days) + DAY - 1)[3], february, `${year}`);
      assert.equal(windowsAt(Date.UTC(year, 1, days) + DAY)[3], february + 1, `${year}`);
    }
  });
});
