import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { create } from "../../support/asks.ts";
import { withLineage } from "../../support/policies.ts";
import { agent, World } from "../../support/world.ts";

const policy = withLineage({ creations: { soft: 2, hard: 4 }, creationsWindowMs: 60_000, causeHopsMax: 1_000 });

describe("creations", () => {
  test("above the soft limit it warns, above the hard one it refuses", () => {
    const world = new World(policy);
    const warned = [1, 2, 3, 4].map(() => world.run(create(), agent("a-1")).warnings?.[0]?.code ?? "");
    assert.deepEqual(warned, ["", "", "lineage.creations_exceeded", "lineage.creations_exceeded"]);
    const refused = world.run(create(), agent("a-1"));
    assert.deepEqual(
      [refused.code, refused.message],
      ["lineage.creations_exceeded", "a-1 made 4 tasks in 1 min, limit 4"],
    );
    assert.equal(refused.retryAfterMs, 60_000);
  });

  test("the window slides: there is room again when the oldest leaves it, and retryAfterMs says when", () => {
    const world = new World(policy);
    for (let n = 0; n < 4; n += 1) {
      world.run(create(), agent("a-1"));
      world.at += 10_000;
    }
    for (let n = 0; n < 6; n += 1) {
      const refused = world.run(create(), agent("a-1"));
      assert.equal(refused.code, "lineage.creations_exceeded");
      world.at += (refused.retryAfterMs ?? 0) - 1;
      assert.equal(world.code(create(), agent("a-1")), "lineage.creations_exceeded", "not a millisecond sooner");
      world.at += 1;
      assert.equal(world.code(create(), agent("a-1")), "task.created");
    }
  });

  test("refused creations do not count", () => {
    const world = new World(policy);
    for (let n = 0; n < 4; n += 1) world.run(create(), agent("a-1"));
    for (let n = 0; n < 20; n += 1) world.run(create(), agent("a-1"));
    world.at += 60_000;
    for (let n = 0; n < 4; n += 1) assert.equal(world.code(create(), agent("a-1")), "task.created");
  });

  test("each agent has its own window; humans and system sources have none", () => {
    const world = new World(policy);
    for (let n = 0; n < 5; n += 1) world.run(create(), agent("a-1"));
    assert.equal(world.code(create(), agent("a-2")), "task.created");
    for (let n = 0; n < 9; n += 1) {
      assert.equal(world.code(create()), "task.created");
      assert.equal(world.code(create(), { kind: "system", actor: "cron" }), "task.created");
    }
  });

  test("neither a new root nor another parent opens the window", () => {
    const world = new World(policy);
    const parents = [null, world.task(), world.task(), null];
    for (const parent of parents) world.run(create({ parent }), agent("a-1"));
    assert.equal(world.code(create(), agent("a-1")), "lineage.creations_exceeded");
  });

  test("day one: 20 warn, 60 within ten minutes are the end", () => {
    const world = new World(withLineage({ causeHopsMax: 1_000 }));
    for (let n = 1; n <= 60; n += 1) {
      const made = world.run(create({ title: `${n}` }), agent("a-1"));
      assert.equal(made.warnings?.[0]?.code, n > 20 ? "lineage.creations_exceeded" : undefined, `task ${n}`);
    }
    assert.equal(world.code(create(), agent("a-1")), "lineage.creations_exceeded");
  });
});
