// The clocks are compared as far as the way to the server lets one see.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ClockCheck } from "../../../src/store/postgres/clock-check.ts";

/** A server whose clock is right, and a machine whose clock is off, with a way to the server that takes its time. */
function clocks() {
  const world = { nowMs: 1_700_000_000_000, offMs: 0, wayMs: 0, looks: 0 };
  const ask = async (): Promise<string[][]> => {
    world.looks += 1;
    world.nowMs += world.wayMs;
    const answer = [[String(world.nowMs)]];
    world.nowMs += world.wayMs;
    return answer;
  };
  const [clock, monotonicMs] = [() => world.nowMs + world.offMs, () => world.nowMs];
  return { world, check: new ClockCheck(ask, clock, monotonicMs, "postgres://h/d") };
}

test("250 ms are taken, more are not, in either direction", async () => {
  for (const [offMs, wrong] of [
    [250, false],
    [-250, false],
    [251, true],
    [-251, true],
  ] as const) {
    const { world, check } = clocks();
    world.offMs = offMs;
    const checked = check.check().then(
      () => false,
      () => true,
    );
    assert.equal(await checked, wrong, String(offMs));
    assert.equal(check.offsetMs, -offMs);
  }
});

test("half the way there and back is doubt, not offset", async () => {
  const { world, check } = clocks();
  world.wayMs = 400;
  world.offMs = 600;
  await check.check();
  world.offMs = 700;
  world.nowMs += 60_000;
  await assert.rejects(check.check(), /clock is 700 ms ahead of that of postgres:\/\/h\/d, limit 250 ms/);
});

test("it is looked at once a minute, when it jumps, and every five seconds while it is wrong", async () => {
  const { world, check } = clocks();
  const looksAfter = async (passedMs: number, offMs: number): Promise<number> => {
    const before = world.looks;
    world.nowMs += passedMs;
    world.offMs = offMs;
    await check.check().catch(() => undefined);
    return world.looks - before;
  };
  assert.equal(await looksAfter(0, 0), 1);
  assert.equal(await looksAfter(59_999, 0), 0);
  assert.equal(await looksAfter(1, 0), 1);
  assert.equal(await looksAfter(10, 3_600_000), 1);
  assert.equal(await looksAfter(4_000, 3_600_000), 0);
  assert.equal(await looksAfter(1_000, 3_600_000), 1);
  assert.equal(await looksAfter(10, 0), 1);
  await check.check();
  assert.equal(await looksAfter(10, -3_600_000), 1);
  await looksAfter(10, 0);
  assert.equal(await looksAfter(6_000, 55_000), 1);
});
