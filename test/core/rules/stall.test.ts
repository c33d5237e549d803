import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import { evidence, move } from "../../support/asks.ts";
import { enforcing } from "../../support/policies.ts";
import { callOf, memoryOf, take } from "../../support/steps.ts";
import { harness, World } from "../../support/world.ts";

const policy = enforcing(DAY_ONE_POLICY, "stall");
const TEST = callOf("npm test", { class: "verify" });
const edit = (n: number) => callOf(`edit ${n}`, { class: "mutate" });
const look = (n: number) => callOf(`look ${n}`);

/** A world in which the check has failed so often, with an edit before each. */
function failing(times: number): { world: World; id: string } {
  const world = new World(policy);
  const id = world.held("a-1");
  for (let n = 0; n < times; n += 1) {
    assert.equal(take(world, id, edit(n), "ok"), "step.recorded");
    assert.equal(take(world, id, TEST, "1 failed", { failed: true }), "step.recorded");
  }
  return { world, id };
}

/** A world in which so many steps brought nothing new. */
function wandering(steps: number): { world: World; id: string } {
  const world = new World(policy);
  const id = world.held("a-1");
  for (let n = 0; n < 10; n += 1) take(world, id, look(n), `sight ${n}`);
  for (let n = 0; n < steps; n += 1)
    assert.equal(
      take(world, id, look((n * 7 + Math.floor(n / 10)) % 10), `sight ${(n * 7 + Math.floor(n / 10)) % 10}`),
      "step.recorded",
    );
  return { world, id };
}

describe("a check that keeps failing", () => {
  test("in one way five times, whatever is changed between: nothing is changed or checked any more", () => {
    const { world, id } = failing(5);
    assert.equal(take(world, id, edit(9), "ok"), "step.check_failing");
    assert.equal(take(world, id, TEST, "1 failed"), "step.check_failing");
  });

  test("under another filter is the same failure", () => {
    const { world, id } = failing(4);
    take(world, id, callOf("npm test one", { class: "verify" }), "1 failed", { failed: true });
    assert.equal(take(world, id, edit(9), "ok"), "step.check_failing");
  });

  test("whose failures differ, or fall, is work", () => {
    const world = new World(policy);
    const id = world.held("a-1");
    for (let n = 0; n < 30; n += 1) {
      assert.equal(take(world, id, edit(n), "ok"), "step.recorded");
      assert.equal(take(world, id, TEST, `${30 - n} failed`, { failed: true }), "step.recorded");
    }
  });

  test("leaves open to look at something new, and then to try again, three times in all", () => {
    const { world, id } = failing(5);
    for (let n = 0; n < 3; n += 1) {
      assert.equal(take(world, id, look(n), `sight ${n}`), "step.recorded");
      assert.equal(take(world, id, edit(10 + n), "ok"), "step.recorded");
      assert.equal(take(world, id, TEST, "1 failed", { failed: true }), "step.recorded");
    }
    assert.equal(take(world, id, look(7), "sight 7"), "step.recorded");
    assert.equal(take(world, id, edit(20), "ok"), "step.check_failing");
  });

  test("is forgotten once it passes", () => {
    const { world, id } = failing(4);
    take(world, id, edit(9), "ok");
    take(world, id, TEST, "green");
    assert.deepEqual(memoryOf(world, id).failing, []);
  });
});

describe("steps without anything new", () => {
  test("are refused after 25, but for a look at what was not looked at yet", () => {
    const { world, id } = wandering(25);
    assert.equal(take(world, id, look(3), "sight 3"), "step.stalled");
    assert.equal(take(world, id, edit(3), "ok"), "step.stalled");
    assert.equal(take(world, id, look(99), "sight 99"), "step.recorded");
    assert.equal(take(world, id, edit(3), "ok"), "step.recorded", "the new sight ended the stall");
  });

  test("changes do not count, and end nothing", () => {
    const { world, id } = wandering(24);
    for (let n = 0; n < 30; n += 1) assert.equal(take(world, id, edit(n), "ok"), "step.recorded");
    assert.equal(memoryOf(world, id).stale, 24);
    assert.equal(take(world, id, look(3), "sight 3"), "step.recorded");
    assert.equal(take(world, id, look(3), "sight 3"), "step.stalled");
  });

  test("a check that passes after a change is something new", () => {
    const world = new World(policy);
    const id = world.held("a-1");
    for (let n = 0; n < 40; n += 1) {
      assert.equal(take(world, id, edit(n), "ok"), "step.recorded");
      assert.equal(take(world, id, TEST, "green"), "step.recorded");
    }
  });

  test("proof, a human's message and another's hand begin the count anew; an agent's own move does not", () => {
    for (const [act, stale] of [
      [(world: World, id: string) => world.run(evidence(id), harness), 0],
      [(world: World, id: string) => take(world, id, callOf("m", { class: "message" }), null, { as: {} }), 0],
      [(world: World, id: string) => world.run(evidence(id, { passed: false }), harness), 24],
    ] as const) {
      const { world, id } = wandering(24);
      act(world, id);
      assert.equal(memoryOf(world, id).stale, stale);
    }
    const { world, id } = wandering(24);
    world.run(move(id, "blocked", "needs a key"), { kind: "agent", actor: "a-1" });
    assert.equal(memoryOf(world, id).stale, 24);
    world.run(move(id, "todo", "here is the key"));
    assert.equal(memoryOf(world, id).stale, 0);
  });
});
