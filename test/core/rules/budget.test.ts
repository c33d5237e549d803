import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY, NO_LIMITS } from "../../../src/core/index.ts";
import type { Limits, Policy } from "../../../src/core/index.ts";
import { agent, step, World } from "../../support/world.ts";

const limits = (task: Limits): Policy => ({
  ...DAY_ONE_POLICY,
  budget: { ...DAY_ONE_POLICY.budget, task: { ...NO_LIMITS, lifetime: task }, lineage: NO_LIMITS, agent: NO_LIMITS },
});
const record = (task: string, body: Parameters<typeof step>[1] = {}) =>
  ({ type: "record_step", body: step(task, body) }) as const;

describe("budget", () => {
  test("50 of 50 steps are allowed, the 51st is refused", () => {
    const world = new World(limits({ steps: { soft: 40, hard: 50 } }));
    const id = world.held("a-1");
    for (let n = 1; n <= 50; n += 1) {
      const decision = world.run(record(id), agent("a-1"));
      assert.equal(decision.verdict, "granted", `step ${n}`);
      assert.equal(decision.warnings?.[0]?.code, n > 40 ? "budget.soft_limit" : undefined, `step ${n}`);
    }
    const refused = world.run(record(id), agent("a-1"));
    assert.equal(refused.code, "budget.hard_limit");
    assert.equal(refused.message, "task T-1 used 50 of 50 steps; this asks for 1 step");
    assert.equal(refused.override, "human");
  });

  test("three hand-back steps are granted beside the limit, on a meter of their own", () => {
    const world = new World(limits({ steps: { soft: null, hard: 1 } }));
    const id = world.held("a-1");
    world.run(record(id), agent("a-1"));
    for (let n = 1; n <= 3; n += 1)
      assert.equal(world.code(record(id, { handBack: true }), agent("a-1")), "step.hand_back");
    assert.equal(world.code(record(id, { handBack: true }), agent("a-1")), "budget.hand_back_spent");
    const meter = world.get(`meter/task/${id}`);
    assert.deepEqual(meter?.kind === "meter" && [meter.used, meter.handBackSteps], [{ steps: [1, 1, 1, 1] }, 3]);
  });

  test("an exhausted task can still be handed back and ended", () => {
    const world = new World(limits({ steps: { soft: null, hard: 0 } }));
    const id = world.task();
    assert.equal(world.code({ type: "claim_task", body: { task: id } }, agent("a-1")), "budget.hard_limit");
    const other = new World(limits({ steps: { soft: null, hard: 1 } }));
    const held = other.held("a-1");
    other.run(record(held), agent("a-1"));
    assert.equal(
      other.code(
        { type: "move_task", body: { task: held, to: "blocked", reason: "no key", lesson: null } },
        agent("a-1"),
      ),
      "task.moved",
    );
  });

  test("money that was spent is booked above the limit, and the next step refuses", () => {
    const world = new World(limits({ costMicros: { soft: null, hard: 1_000_000 } }));
    const id = world.held("a-1");
    const booked = world.run(record(id, { amounts: { costMicros: 1_400_000 } }), agent("a-1"));
    assert.equal(booked.code, "step.recorded");
    assert.deepEqual(
      booked.warnings?.map((found) => [found.code, found.numbers["used"]]),
      [["budget.hard_limit", 1_400_000]],
    );
    const refused = world.run(record(id), agent("a-1"));
    assert.equal(refused.message, "task T-1 used $1.40 of $1.00");
  });

  test("a lease lives no longer than the time that is left, and books it when it is lost", () => {
    const world = new World(limits({ durationMs: { soft: null, hard: 60_000 } }));
    const id = world.held("a-1");
    world.at += 59_999;
    assert.equal(world.code(record(id), agent("a-1")), "step.recorded");
    world.at += 1;
    assert.equal(world.code(record(id), agent("a-1")), "lease.not_held");
    const meter = world.get(`meter/task/${id}`);
    assert.equal(meter?.kind === "meter" && meter.used["durationMs"]?.[0], 60_000);
    world.at += 60_000;
    assert.equal(world.code({ type: "claim_task", body: { task: id } }, agent("a-2")), "budget.hard_limit");
  });

  test("time in which nobody holds the task costs nothing", () => {
    const world = new World(limits({ durationMs: { soft: null, hard: 60_000 } }));
    const id = world.held("a-1");
    world.run({ type: "move_task", body: { task: id, to: "blocked", reason: "no key", lesson: null } }, agent("a-1"));
    world.at += 3_600_000;
    assert.equal(world.code({ type: "claim_task", body: { task: id } }, agent("a-1")), "task.claimed");
    assert.equal(world.code(record(id), agent("a-1")), "step.recorded");
  });

  test("a reopened task keeps its meters", () => {
    const world = new World(limits({ steps: { soft: null, hard: 1 } }));
    const id = world.held("a-1");
    world.run(record(id), agent("a-1"));
    world.run({ type: "move_task", body: { task: id, to: "done", reason: null, lesson: null } }, agent("a-1"));
    world.run({ type: "reopen_task", body: { task: id, reason: "again" } });
    assert.equal(world.code({ type: "claim_task", body: { task: id } }, agent("a-1")), "budget.hard_limit");
  });
});
