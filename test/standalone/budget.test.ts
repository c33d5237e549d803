import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BudgetExceededError, BudgetTracker } from "../../src/standalone/index.ts";
import type { TaskBudget } from "../../src/standalone/index.ts";

type Timed = { readonly tracker: BudgetTracker; readonly pass: (seconds: number) => void };

/** A tracker whose time passes only when told. */
function timed(): Timed {
  let now = 1_700_000_000_000;
  const pass = (seconds: number): void => {
    now += seconds * 1_000;
  };
  return { tracker: new BudgetTracker({ now: () => now }), pass };
}

function refusal(act: () => unknown): BudgetExceededError {
  try {
    act();
  } catch (error) {
    if (error instanceof BudgetExceededError) return error;
    throw error;
  }
  return assert.fail("it was not refused");
}

describe("BudgetTracker", () => {
  test("allows 50 steps of 50 and refuses the next, which stays counted", () => {
    const tracker = new BudgetTracker();
    const state = tracker.startTask("a");
    for (let step = 1; step <= 50; step += 1) tracker.recordStep("a");
    tracker.check("a");
    assert.equal(refusal(() => tracker.recordStep("a")).message, "Task a exceeded step budget: 51 steps taken, max 50");
    assert.equal(refusal(() => tracker.recordStep("a")).message, "Task a exceeded step budget: 52 steps taken, max 50");
    assert.equal(state.stepsTaken, 52);
  });

  test("a refusal carries its type, the task and the deciding numbers", () => {
    const tracker = new BudgetTracker();
    tracker.startTask("a", { maxSteps: 0 });
    const { name, budgetType, taskId, used, limit } = refusal(() => tracker.recordStep("a"));
    assert.deepEqual(
      { name, budgetType, taskId, used, limit },
      { name: "BudgetExceededError", budgetType: "steps", taskId: "a", used: 1, limit: 0 },
    );
  });

  test("a recorded step is judged by steps only; check judges the time too", () => {
    const { tracker, pass } = timed();
    tracker.startTask("a", { maxDurationSeconds: 10 });
    pass(10);
    tracker.check("a");
    pass(0.001);
    tracker.recordStep("a");
    assert.equal(refusal(() => tracker.check("a")).message, "Task a is out of time: 10.001s used, max 10s");
  });

  test("time that is over by less than a millisecond never reads as the limit", () => {
    const { tracker, pass } = timed();
    tracker.startTask("a", { maxDurationSeconds: 10 });
    pass(10.0004);
    assert.match(refusal(() => tracker.check("a")).message, /: 10\.001s used, max 10s$/);
  });

  test("steps are named before time, and time before depth", () => {
    const { tracker, pass } = timed();
    const state = tracker.startTask("a", { maxSteps: 1, maxDepth: 1, maxDurationSeconds: 1 });
    state.recordDepth(2);
    assert.equal(refusal(() => state.checkAll()).budgetType, "depth");
    pass(2);
    assert.equal(refusal(() => state.checkAll()).budgetType, "duration");
    state.recordStep();
    state.recordStep();
    assert.equal(refusal(() => state.checkAll()).budgetType, "steps");
  });

  test("a clock that goes back gives no time and takes none away", () => {
    const { tracker, pass } = timed();
    const state = tracker.startTask("a", { maxDurationSeconds: 0 });
    pass(-100);
    assert.equal(state.elapsedSeconds, 0);
    tracker.check("a");
  });

  test("startTimer begins the time again", () => {
    const { tracker, pass } = timed();
    const state = tracker.startTask("a", { maxDurationSeconds: 1 });
    pass(5);
    state.startTimer();
    tracker.check("a");
    assert.deepEqual(state.startedAt, new Date(1_700_000_005_000));
  });

  test("checkDepth refuses depth over the limit and remembers nothing; recordDepth remembers and refuses nothing", () => {
    const state = new BudgetTracker().startTask("a");
    state.checkDepth(10);
    assert.equal(refusal(() => state.checkDepth(15)).message, "Task a may not go to depth 15, max 10");
    assert.equal(state.depthReached, 0);
    state.recordDepth(12);
    state.recordDepth(3);
    assert.equal(state.depthReached, 12);
  });

  test("starting a task again gives new meters, a new clock and new limits", () => {
    const { tracker, pass } = timed();
    const old = tracker.startTask("a", { maxSteps: 1, maxDurationSeconds: 1 });
    tracker.recordStep("a");
    pass(5);
    const state = tracker.startTask("a", { maxDepth: 3 });
    tracker.check("a");
    assert.notEqual(state, old);
    assert.deepEqual(state.budget, { maxSteps: 50, maxDepth: 3, maxDurationSeconds: 1_800 });
    assert.equal(state.stepsTaken, 0);
    assert.equal(tracker.getState("a"), state);
  });

  test("limits are copied, frozen and of each task's own", () => {
    const limits = { maxSteps: 1 };
    const tracker = new BudgetTracker();
    const { budget } = tracker.startTask("a", limits);
    limits.maxSteps = 100;
    assert.equal(budget.maxSteps, 1);
    assert.throws(() => Object.assign(budget, { maxSteps: 100 }), TypeError);
    assert.equal(tracker.startTask("b").budget.maxSteps, 50);
  });

  test("a task that was not started, or was ended, has no budget to spend: an error, not a free pass", () => {
    const tracker = new BudgetTracker();
    tracker.startTask("a");
    tracker.endTask("a");
    tracker.endTask("a");
    for (const act of [() => tracker.recordStep("a"), () => tracker.check("a"), () => tracker.check("b")]) {
      assert.throws(act, {
        name: "RangeError",
        message: /^no budget was started for task "[ab]": call startTask first$/,
      });
    }
    assert.equal(tracker.getState("a"), undefined);
    assert.equal(tracker.taskCount, 0);
  });

  test("keeps a bounded number of tasks, and never drops one of them silently", () => {
    const tracker = new BudgetTracker({ maxTasks: 2 });
    tracker.startTask("a");
    tracker.startTask("b");
    assert.throws(() => tracker.startTask("c"), { name: "RangeError", message: /^2 tasks are under way, .* endTask$/ });
    tracker.startTask("a");
    tracker.endTask("b");
    tracker.startTask("c");
    assert.equal(tracker.taskCount, 2);
  });

  test("its own clock runs forward and gives the date", () => {
    const before = Date.now();
    const { startedAt, elapsedSeconds } = new BudgetTracker().startTask("a");
    assert.ok(Math.abs(startedAt.getTime() - before) < 60_000);
    assert.ok(elapsedSeconds >= 0);
  });

  test("bad arguments are errors that name them", () => {
    const start = (limits: Partial<TaskBudget>) => () => new BudgetTracker().startTask("a", limits);
    const state = new BudgetTracker().startTask("a");
    const rows: readonly (readonly [() => unknown, string, RegExp])[] = [
      [start({ maxSteps: -1 }), "RangeError", /^maxSteps must be a whole number, 0 or more, got -1$/],
      [start({ maxSteps: 1.5 }), "RangeError", /^maxSteps must be a whole number/],
      [start({ maxDepth: NaN }), "RangeError", /^maxDepth must be a whole number, 0 or more, got NaN$/],
      [
        start({ maxDurationSeconds: NaN }),
        "RangeError",
        /^maxDurationSeconds must be a number of seconds, 0 or more, got NaN$/,
      ],
      [start({ maxDurationSeconds: -0.5 }), "RangeError", /got -0\.5$/],
      [start(JSON.parse('{"maxSteps":"5"}')), "TypeError", /^maxSteps must be a number, got string$/],
      [start(JSON.parse('{"maxSteps":null}')), "TypeError", /^maxSteps must be a number, got null$/],
      [
        start(JSON.parse('{"max_steps":5}')),
        "TypeError",
        /^limits has an unknown key "max_steps"; did you mean maxSteps\?$/,
      ],
      [start(JSON.parse('{"budget":{}}')), "TypeError", /^limits has an unknown key "budget"; known: maxSteps, /],
      [start(JSON.parse("null")), "TypeError", /^limits must be an object, got null$/],
      [() => new BudgetTracker().startTask(""), "RangeError", /^taskId is empty$/],
      [() => new BudgetTracker({ maxTasks: 0 }), "RangeError", /^maxTasks must be a whole number, 1 or more, got 0$/],
      [() => new BudgetTracker(JSON.parse('{"now":1}')), "TypeError", /^now must be a function$/],
      [() => new BudgetTracker().check(JSON.parse("7")), "TypeError", /^taskId must be a string, got number$/],
      [() => state.checkDepth(-1), "RangeError", /^depth must be a whole number, 0 or more, got -1$/],
      [() => state.recordDepth(NaN), "RangeError", /^depth must be/],
    ];
    for (const [act, name, message] of rows) assert.throws(act, { name, message });
  });

  test("Infinity is no limit", () => {
    const { tracker, pass } = timed();
    const state = tracker.startTask("a", { maxSteps: Infinity, maxDepth: Infinity, maxDurationSeconds: Infinity });
    pass(1e9);
    for (let step = 0; step < 1_000; step += 1) tracker.recordStep("a");
    state.checkDepth(1e9);
    tracker.check("a");
  });
});
