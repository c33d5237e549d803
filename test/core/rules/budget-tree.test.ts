import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Policy } from "../../../src/core/index.ts";
import { approve, claim, countsIn, create, edit, lastRefused, record, reserve, settle } from "../../support/asks.ts";
import { hard, withLimits } from "../../support/policies.ts";
import { agent, World } from "../../support/world.ts";

const upTo = (limit: number): Policy["budget"]["task"]["lifetime"] => ({ tokens: hard(limit) });
const asking = (tokens: number) => ({ amounts: { tokens } });
const idOf = (decision: ReturnType<World["run"]>): string => String(decision.result?.["reservation"]);

describe("the budget tree", () => {
  test("a step reserves from its task, its lineage, its agent and the workspace in one decision", () => {
    const world = new World(withLimits({}));
    const root = world.task();
    const id = world.held("a-1", { parent: root });
    world.run(reserve(id, asking(7)), agent("a-1"));
    for (const scope of [`task/${id}`, `lineage/${root}`, "agent/a-1", "workspace"]) {
      assert.deepEqual(countsIn(world, scope, "tokens").held, [7, 7, 7, 7], scope);
      assert.deepEqual(countsIn(world, scope, "steps").held, [1, 1, 1, 1], scope);
    }
    assert.deepEqual(countsIn(world, `task/${root}`, "tokens").held, [0, 0, 0, 0], "not from the parent's own");
  });

  test("whichever scope is full refuses, by its name, and holds nothing anywhere", () => {
    for (const [scope, name] of [
      ["task", "task T-2"],
      ["lineage", "lineage T-1"],
      ["agent", "agent a-1"],
      ["workspace", "workspace"],
    ] as const) {
      const world = new World(withLimits({ [scope]: { lifetime: upTo(10) } }));
      const id = world.held("a-1", { parent: world.task() });
      world.run(reserve(id, asking(6)), agent("a-1"));
      const refused = world.run(reserve(id, asking(5)), agent("a-1"));
      assert.equal(refused.code, "budget.hard_limit", scope);
      assert.equal(refused.message, `${name} used 0 of 10 tokens, 6 tokens more reserved; this asks for 5 tokens`);
      assert.deepEqual([refused.numbers["used"], refused.numbers["held"], refused.numbers["limit"]], [0, 6, 10]);
      for (const other of ["task/T-2", "lineage/T-1", "agent/a-1", "workspace"])
        assert.equal(countsIn(world, other, "tokens").held[0], 6, `${scope} ${other}`);
    }
  });

  test("many agents that reserve at once never pass a common limit by one unit", () => {
    const world = new World(withLimits({ lineage: { lifetime: upTo(100) } }));
    const root = world.task();
    const names = Array.from({ length: 20 }, (_, n) => `a-${n}`);
    const ids = names.map((name) => world.held(name, { parent: root }));
    const granted = ids.filter(
      (id, n) => world.run(reserve(id, asking(9)), agent(names[n] ?? "")).verdict === "granted",
    );
    assert.equal(granted.length, 11);
    assert.equal(countsIn(world, `lineage/${root}`, "tokens").held[0], 99);
  });

  test("a limit may be filled to the last unit; full, it refuses also what asks for nothing", () => {
    const world = new World(withLimits({ task: { lifetime: upTo(10) } }));
    const id = world.held("a-1");
    assert.equal(world.code(reserve(id, asking(10)), agent("a-1")), "step.reserved");
    assert.equal(world.code(reserve(id), agent("a-1")), "budget.hard_limit");
    assert.equal(world.code(record(id), agent("a-1")), "budget.hard_limit");
    assert.equal(world.code(record(id, { handBack: true }), agent("a-1")), "step.hand_back");
  });

  test("work made in a run is charged to the lineage it came from, also where it is a root", () => {
    const world = new World(withLimits({ lineage: { lifetime: upTo(10) } }));
    const first = world.held("a-1");
    const made = world.run(create({ taskKind: "other", assignee: "a-2" }), agent("a-1"));
    const fresh = String(made.result?.["task"]);
    world.run(claim(fresh), agent("a-2"));
    world.run(record(fresh, asking(10)), agent("a-2"));
    assert.equal(countsIn(world, `lineage/${first}`, "tokens").used[0], 10);
    assert.equal(countsIn(world, `lineage/${fresh}`, "tokens").used[0], 10);
    assert.equal(world.code(record(first), agent("a-1")), "budget.hard_limit");
  });

  test("a human's step is charged to no agent", () => {
    const world = new World(withLimits({ agent: { lifetime: upTo(1) } }));
    const id = world.task();
    world.run(claim(id));
    assert.equal(world.code(record(id, asking(100))), "step.recorded");
    assert.equal(world.code(record(id, asking(100))), "step.recorded");
  });
});

describe("windows", () => {
  const limits = { hour: upTo(10), day: upTo(15), month: upTo(20) };
  const steps = (world: World, id: string, tokens: number) => world.code(record(id, asking(tokens)));

  test("hour, day and month each have their limit, and begin anew in UTC", () => {
    const world = new World(withLimits({ workspace: limits }));
    world.at = Date.UTC(2026, 0, 30, 10, 59, 59, 999);
    const id = world.task();
    world.run(claim(id));
    assert.equal(steps(world, id, 10), "step.recorded");
    const hour = world.run(record(id));
    assert.equal(hour.message, "workspace this hour used 10 of 10 tokens");
    assert.equal(hour.numbers["window"], "hour");
    world.at += 1;
    assert.equal(steps(world, id, 5), "step.recorded");
    assert.equal(world.run(record(id)).numbers["window"], "day");
    world.at = Date.UTC(2026, 0, 31);
    assert.equal(steps(world, id, 5), "step.recorded");
    assert.equal(world.run(record(id)).numbers["window"], "month");
    world.at = Date.UTC(2026, 1, 1) - 1;
    assert.equal(steps(world, id, 0), "budget.hard_limit");
    world.at += 1;
    assert.equal(steps(world, id, 10), "step.recorded");
    assert.deepEqual(countsIn(world, "workspace", "tokens").used, [30, 10, 10, 10]);
  });

  test("a full hour or day says when it is empty again; a month or a lifetime does not", () => {
    for (const [window, left] of [
      ["hour", 20 * 60_000],
      ["day", 13 * 3_600_000 + 20 * 60_000],
      ["month", undefined],
      ["lifetime", undefined],
    ] as const) {
      const world = new World(withLimits({ workspace: { [window]: upTo(10) } }));
      world.at = Date.UTC(2026, 0, 30, 10, 40);
      const id = world.task();
      world.run(claim(id));
      steps(world, id, 10);
      const refused = world.run(record(id));
      assert.deepEqual([refused.code, refused.retryAfterMs], ["budget.hard_limit", left], window);
      if (left === undefined) continue;
      world.at += left - 1;
      assert.equal(steps(world, id, 0), "budget.hard_limit", "not a millisecond sooner");
      world.at += 1;
      assert.equal(steps(world, id, 0), "step.recorded");
    }
  });

  test("a month ends on its own last day, the leap year's February on the 29th", () => {
    for (const [first, last] of [
      [Date.UTC(2024, 1, 28), Date.UTC(2024, 2, 1)],
      [Date.UTC(2025, 1, 28), Date.UTC(2025, 2, 1)],
      [Date.UTC(2025, 3, 30), Date.UTC(2025, 4, 1)],
      [Date.UTC(2025, 11, 31), Date.UTC(2026, 0, 1)],
    ] as const) {
      const world = new World(withLimits({ workspace: { month: upTo(10) } }));
      world.at = first;
      const id = world.task();
      world.run(claim(id));
      steps(world, id, 10);
      world.at = last - 1;
      assert.equal(steps(world, id, 0), "budget.hard_limit", new Date(first).toISOString());
      world.at = last;
      assert.equal(steps(world, id, 0), "step.recorded", new Date(first).toISOString());
    }
  });

  test("an open reservation is held in the windows it was made in, not in the next", () => {
    const world = new World(withLimits({ workspace: { hour: upTo(10) } }));
    world.at = Date.UTC(2026, 0, 1, 10, 59);
    const id = world.task();
    world.run(claim(id));
    const step = idOf(world.run(reserve(id, asking(10))));
    assert.equal(world.code(reserve(id, asking(1))), "budget.hard_limit");
    world.at = Date.UTC(2026, 0, 1, 11, 1);
    assert.equal(world.code(reserve(id, asking(1))), "step.reserved");
    world.run(settle(step, asking(12)));
    assert.deepEqual(countsIn(world, "workspace", "tokens"), { used: [12, 2, 12, 12], held: [1, 1, 1, 1] });
  });
});

describe("soft limits", () => {
  test("above it a grant warns, at it not, and a full hard limit is said before any soft one", () => {
    const world = new World(withLimits({ task: { lifetime: { tokens: { soft: 4, hard: 10 } } } }));
    const id = world.held("a-1");
    assert.equal(world.run(record(id, asking(4)), agent("a-1")).warnings, undefined);
    assert.deepEqual(
      world.run(record(id, asking(1)), agent("a-1")).warnings?.map(({ code }) => code),
      ["budget.soft_limit"],
    );
    assert.deepEqual(
      world.run(record(id, asking(9)), agent("a-1")).warnings?.map(({ code }) => code),
      ["budget.hard_limit"],
    );
  });
});

describe("a task's own limits", () => {
  test("are hard, for its life, beside those of the policy", () => {
    const world = new World(withLimits({ task: { lifetime: upTo(100) } }));
    const id = world.held("a-1", { limits: { tokens: 10, gpuSeconds: 5 } });
    assert.equal(world.code(reserve(id, asking(11)), agent("a-1")), "budget.hard_limit");
    assert.equal(world.code(reserve(id, { amounts: { gpuSeconds: 6 } }), agent("a-1")), "budget.hard_limit");
    assert.equal(world.code(reserve(id, { amounts: { gpuSeconds: 5, tokens: 10 } }), agent("a-1")), "step.reserved");
    world.run(edit(id, { limits: {} }));
    assert.equal(world.code(reserve(id, asking(90)), agent("a-1")), "step.reserved");
    assert.equal(world.code(reserve(id, asking(1)), agent("a-1")), "budget.hard_limit", "the policy's stands");
  });

  test("a limit above the policy's loosens nothing", () => {
    const world = new World(withLimits({ task: { lifetime: upTo(10) } }));
    const id = world.held("a-1", { limits: { tokens: 1_000 } });
    assert.equal(world.code(reserve(id, asking(11)), agent("a-1")), "budget.hard_limit");
  });
});

describe("extensions", () => {
  test("raise one limit of one scope until their time", () => {
    const world = new World(withLimits({ task: { lifetime: upTo(10) }, agent: { lifetime: upTo(14) } }));
    const id = world.held("a-1");
    world.run(record(id, asking(10)), agent("a-1"));
    world.run(reserve(id, asking(3)), agent("a-1"));
    const granted = world.run(approve(lastRefused(world), { add: { tokens: 5 }, forMs: 60_000 }));
    assert.equal(granted.result?.["add"], 5);
    assert.equal(world.code(reserve(id, asking(5)), agent("a-1")), "budget.hard_limit", "the agent's limit is tighter");
    assert.equal(world.code(reserve(id, asking(3)), agent("a-1")), "step.reserved");
    world.at += 59_999;
    assert.equal(world.code(reserve(id, asking(1)), agent("a-1")), "step.reserved");
    world.at += 1;
    assert.equal(world.code(reserve(id, asking(0)), agent("a-1")), "budget.hard_limit");
  });

  test("unnamed they add a quarter of the limit, or what the request lacked", () => {
    for (const [asks, add] of [
      [12, 25],
      [60, 50],
    ] as const) {
      const world = new World(withLimits({ task: { lifetime: upTo(100) } }));
      const id = world.held("a-1");
      world.run(record(id, asking(90)), agent("a-1"));
      world.run(reserve(id, asking(asks)), agent("a-1"));
      assert.equal(world.run(approve(lastRefused(world))).result?.["add"], add);
      assert.equal(world.code(reserve(id, asking(asks)), agent("a-1")), "step.reserved", "the very request");
    }
  });

  test("where more was booked than the limit allows, unnamed they add a quarter beyond that, and work goes on", () => {
    const world = new World(withLimits({ task: { lifetime: upTo(100) } }));
    const id = world.held("a-1");
    world.run(record(id, asking(300)), agent("a-1"));
    assert.equal(world.code(record(id, asking(10)), agent("a-1")), "budget.hard_limit");
    assert.equal(world.run(approve(lastRefused(world))).result?.["add"], 225);
    assert.equal(world.code(record(id, asking(10)), agent("a-1")), "step.recorded", "the very request");
  });
});
