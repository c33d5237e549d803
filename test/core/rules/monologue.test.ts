import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { callOf, take } from "../../support/steps.ts";
import { World } from "../../support/world.ts";

const SPEAK = callOf("message", { class: "message" });

describe("monologue", () => {
  test("after five messages without a call the next is refused", () => {
    const world = new World();
    const id = world.held("a-1");
    const codes = Array.from({ length: 6 }, () => take(world, id, SPEAK, null));
    assert.deepEqual(codes.slice(4), ["step.recorded", "step.monologue"]);
  });

  test("a call, or a human's message, begins the count anew", () => {
    for (const answer of [callOf("look"), SPEAK]) {
      const world = new World();
      const id = world.held("a-1");
      for (let n = 0; n < 20; n += 1) {
        if (n % 5 === 0) take(world, id, answer, null, answer === SPEAK ? { as: {} } : {});
        assert.equal(take(world, id, SPEAK, null), "step.recorded");
      }
    }
  });
});
