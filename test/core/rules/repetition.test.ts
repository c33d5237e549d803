import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import { record, reserve, reserveBody, settle } from "../../support/asks.ts";
import { callOf, digestOf, take } from "../../support/steps.ts";
import { agent, World } from "../../support/world.ts";

const READ = callOf("read");
const TEST = callOf("npm test", { class: "verify" });

function times(count: number, step: (n: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, n) => step(n));
}

describe("repetition", () => {
  test("one call with one result is refused after it ran six times, and warned of after four", () => {
    const world = new World();
    const id = world.held("a-1");
    const codes = times(6, () => take(world, id, READ, "same"));
    assert.deepEqual(new Set(codes), new Set(["step.recorded"]));
    const warned = world.log.filter(({ decision }) => decision?.warnings?.some(({ code }) => code === "step.repeated"));
    assert.equal(warned.length, 2, "the fifth and the sixth");
    const refused = world.run(record(id, { call: READ, result: digestOf("same") }), agent("a-1"));
    assert.equal(refused.code, "step.repeated");
    assert.equal(refused.message, "this call gave one result 6 times, limit 6");
    assert.match(refused.next.join("; "), /2 more refusals end the run/);
  });

  test("a call that fails is refused after five times, whatever it says", () => {
    const world = new World();
    const id = world.held("a-1");
    const codes = times(6, (n) => take(world, id, READ, `error ${n}`, { failed: true }));
    assert.deepEqual(codes.slice(4), ["step.recorded", "step.error_repeated"]);
  });

  test("another result, another call and a change in between are no repetition", () => {
    const world = new World();
    const id = world.held("a-1");
    for (let n = 0; n < 20; n += 1) {
      assert.equal(take(world, id, READ, `line ${n}`), "step.recorded");
      assert.equal(take(world, id, callOf(`edit ${n}`, { class: "mutate" }), "ok"), "step.recorded");
      assert.equal(take(world, id, TEST, "green"), "step.recorded");
    }
  });

  test("what is mixed among it and brings nothing new hides nothing", () => {
    const world = new World();
    const id = world.held("a-1");
    take(world, id, callOf("b"), "b");
    take(world, id, callOf("c"), "c");
    const mixed = times(
      8,
      (n) => take(world, id, READ, "same") + take(world, id, callOf(n % 3 === 0 ? "b" : "c"), n % 3 === 0 ? "b" : "c"),
    );
    assert.ok(mixed.some((codes) => codes.includes("step.repeated")));
  });

  test("the same change in the same words is a repetition too", () => {
    const world = new World();
    const id = world.held("a-1");
    const codes = times(7, () => take(world, id, callOf("edit", { class: "mutate" }), "ok"));
    assert.equal(codes.at(-1), "step.repeated");
  });

  test("looking again after a while is polling, of what changes by itself sooner than of the rest", () => {
    for (const [watches, apartMs, refused] of [
      [true, 5_000, false],
      [true, 4_999, true],
      [false, 30_000, false],
      [false, 29_999, true],
    ] as const) {
      const world = new World();
      const id = world.held("a-1");
      const codes = times(40, () => {
        world.at += apartMs;
        return take(world, id, callOf("ci", { watches }), "pending");
      });
      assert.equal(codes.includes("step.repeated"), refused, `${watches} ${apartMs}`);
    }
  });

  test("chained to the settlement before it, a call is judged as it is by itself", () => {
    const world = new World();
    const id = world.held("a-1");
    const first = world.run(reserve(id, { call: READ }), agent("a-1"));
    let open = String(first.result?.["reservation"]);
    const codes = times(12, () => {
      world.at += 16_000;
      const next = reserveBody(id, { call: READ });
      const { result, nextRefused } = world.run(settle(open, { result: digestOf("same"), next }), agent("a-1"));
      open = String(result?.["next"]);
      return nextRefused?.code ?? "granted";
    });
    assert.deepEqual(codes.slice(4, 7), ["granted", "step.repeated", codes[6]]);
  });

  test("steps that are settled late make no pause", () => {
    const world = new World();
    const id = world.held("a-1");
    const old = times(20, (n) =>
      String(world.run(reserve(id, { call: callOf(`old ${n}`) }), agent("a-1")).result?.["reservation"]),
    );
    const codes = old.map((reservation) => {
      world.at += 10_000;
      const code = take(world, id, READ, "same");
      world.run(settle(reservation, { result: digestOf("same") }), agent("a-1"));
      return code;
    });
    assert.ok(codes.includes("step.repeated"));
  });

  test("a check or a change is never polling, and a tool that the policy names always is", () => {
    const steps = { ...DAY_ONE_POLICY.steps, polls: ["ci"] };
    const world = new World({ ...DAY_ONE_POLICY, steps });
    const id = world.held("a-1");
    assert.ok(!times(40, () => take(world, id, READ, "pending", { tool: "ci" })).includes("step.repeated"));
    const slow = times(9, () => {
      world.at += 60_000;
      return take(world, id, TEST, "red");
    });
    assert.ok(slow.includes("step.repeated"));
  });

  test("a step without a call or without a result is judged by nothing but the budget", () => {
    const world = new World();
    const id = world.held("a-1");
    for (let n = 0; n < 40; n += 1) {
      assert.equal(world.code(record(id), agent("a-1")), "step.recorded");
      assert.equal(take(world, id, READ, null), "step.recorded");
    }
  });

  test("humans repeat themselves as they like", () => {
    const world = new World();
    const id = world.held("a-1");
    assert.deepEqual(new Set(times(20, () => take(world, id, READ, "same", { as: {} }))), new Set(["step.recorded"]));
  });
});
