import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { callOf, take } from "../../support/steps.ts";
import { agent, World } from "../../support/world.ts";

/** Steps granted of a circle of so many calls, until the first refusal or 100. */
function granted(
  period: number,
  kind: "observe" | "mutate" = "observe",
): { count: number; code: string; warned: number } {
  const world = new World();
  const id = world.held("a-1");
  for (let n = 0; n < 100; n += 1) {
    const code = take(world, id, callOf(`call ${n % period}`, { class: kind }), `result ${n % period}`);
    const warned = world.log.filter(({ decision }) => decision?.warnings?.some((one) => one.code === "step.circling"));
    if (code !== "step.recorded") return { count: n, code, warned: warned.length };
  }
  return { count: 100, code: "", warned: 0 };
}

describe("circling", () => {
  for (const period of [2, 3])
    test(`a circle of ${period} is refused after five rounds`, () => {
      const { count, code, warned } = granted(period);
      assert.deepEqual([count, code], [5 * period, "step.circling"]);
      assert.equal(warned, 3 * period, "from the third round on");
    });

  for (const period of [4, 5, 6, 7, 8])
    test(`a circle of ${period} is refused after three rounds`, () => {
      assert.deepEqual([granted(period).count, granted(period).code], [3 * period, "step.circling"]);
    });

  test("edits that are undone and done again are a circle", () => {
    assert.deepEqual(granted(2, "mutate"), { count: 10, code: "step.circling", warned: 6 });
  });

  test("nine calls in a circle are left to the stall", () => {
    assert.equal(granted(9).count >= 36, true);
  });

  test("a circle in which one result is new each time is none", () => {
    const world = new World();
    const id = world.held("a-1");
    for (let n = 0; n < 60; n += 1)
      assert.equal(take(world, id, callOf(`call ${n % 3}`), n % 3 === 0 ? `line ${n}` : "same"), "step.recorded");
  });

  test("a circle around something that is waited for is none", () => {
    const world = new World();
    const id = world.held("a-1");
    for (let n = 0; n < 60; n += 1) {
      world.at += 15_000;
      const call = n % 2 === 0 ? callOf("ci", { watches: true }) : callOf("sleep 15", { watches: true });
      assert.equal(take(world, id, call, n % 2 === 0 ? "pending" : "ok", { as: agent("a-1") }), "step.recorded");
    }
  });
});
