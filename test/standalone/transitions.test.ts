import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DEFAULT_LIFECYCLE } from "../../src/core/index.ts";
import {
  InvalidTransitionError,
  isTerminal,
  TaskLifecycle,
  TaskState,
  validateTransition,
} from "../../src/standalone/index.ts";
import type { TransitionNotice } from "../../src/standalone/index.ts";
import { seeded } from "../support/seeded.ts";

const STATES = Object.values(TaskState);

/** A name that the types would not let through, as it comes from a file or from JavaScript. */
function untyped(name: unknown): TaskState {
  const box: { state: TaskState } = JSON.parse(JSON.stringify({ state: name ?? null }));
  return box.state;
}

function refusal(act: () => unknown): InvalidTransitionError {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidTransitionError) return error;
    throw error;
  }
  return assert.fail("it was not refused");
}

describe("validateTransition", () => {
  test("agrees with the agents' edges of the core's table on every pair, and says what they say", () => {
    let legal = 0;
    for (const from of STATES) {
      for (const to of STATES) {
        const edge = DEFAULT_LIFECYCLE.edges.find(
          (one) => one.from === from && one.to === to && one.by.includes("agent"),
        );
        if (edge === undefined) assert.throws(() => validateTransition(from, to), InvalidTransitionError);
        else assert.equal(validateTransition(from, to), edge.why);
        legal += edge === undefined ? 0 : 1;
      }
    }
    assert.equal(legal, 15);
  });

  test("says what scripts rely on, to the byte", () => {
    assert.equal(validateTransition("todo", "in_progress"), "Work started");
    assert.equal(validateTransition("in_progress", "done"), "Work completed");
    assert.equal(refusal(() => validateTransition("todo", "done")).reason, "No valid transition from todo to done");
    assert.equal(refusal(() => validateTransition("done", "todo")).reason, "No valid transition from done to todo");
  });

  test("a refusal carries both states, the reason and the legal moves", () => {
    const error = refusal(() => validateTransition("todo", "done"));
    assert.equal(error.name, "InvalidTransitionError");
    assert.deepEqual(Object.fromEntries(Object.entries(error)), {
      name: "InvalidTransitionError",
      current: "todo",
      target: "done",
      reason: "No valid transition from todo to done",
      legal: ["in_progress", "blocked", "cancelled"],
    });
    assert.equal(error.message, "No valid transition from todo to done. legal: in_progress, blocked, cancelled");
  });

  test("a move to the same state is refused, also of an ended task", () => {
    for (const state of STATES) {
      assert.equal(refusal(() => validateTransition(state, state)).reason, `Already in ${state}`);
    }
  });

  test("a name that is no state is refused on either side, on one line whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom(...STATES), (name, state) => {
        if (STATES.some((known) => known === name)) return;
        for (const act of [
          () => validateTransition(untyped(name), state),
          () => validateTransition(state, untyped(name)),
        ]) {
          const { reason, message } = refusal(act);
          assert.match(reason, /^There is no state ".*"; states: backlog, todo, /);
          assert.doesNotMatch(message, /[\n\r\u2028]/);
        }
      }),
      seeded(),
    );
  });

  test("names that every object has are no states", () => {
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      assert.throws(() => validateTransition("todo", untyped(name)), InvalidTransitionError);
    }
  });

  test("what is no string is a TypeError that names the argument", () => {
    assert.throws(() => validateTransition(untyped(null), "todo"), {
      name: "TypeError",
      message: "current must be a string, got null",
    });
    assert.throws(() => validateTransition("todo", untyped([])), {
      name: "TypeError",
      message: "target must be a string, got an array",
    });
  });
});

describe("isTerminal", () => {
  test("holds for done and cancelled and for nothing else, names that are no states included", () => {
    assert.deepEqual(STATES.filter(isTerminal), ["done", "cancelled"]);
    assert.equal(isTerminal(untyped("DONE")), false);
    assert.equal(isTerminal(untyped(null)), false);
  });
});

describe("TaskState", () => {
  test("holds the seven states of the core's table and cannot be changed", () => {
    assert.deepEqual(new Set(STATES), new Set(DEFAULT_LIFECYCLE.states));
    assert.throws(() => Object.assign(TaskState, { DONE: "todo" }), TypeError);
  });
});

describe("TaskLifecycle", () => {
  test("begins in todo, moves, and keeps what it did", () => {
    const task = new TaskLifecycle("my-task");
    assert.equal(task.currentState, "todo");
    assert.equal(task.transition("in_progress", { actor: "a-1" }), "Work started");
    assert.equal(task.transition("done"), "Work completed");
    assert.deepEqual(task.transitionHistory, [
      { from: "todo", to: "in_progress", reason: "Work started", actor: "a-1" },
      { from: "in_progress", to: "done", reason: "Work completed", actor: "system" },
    ]);
  });

  test("a refused move changes neither state nor history, and tells nobody", () => {
    const told: TransitionNotice[] = [];
    const task = new TaskLifecycle("t", { onTransition: (notice) => told.push(notice) });
    assert.equal(task.canTransitionTo("done"), false);
    assert.throws(() => task.transition("done"), InvalidTransitionError);
    assert.deepEqual(
      { state: task.currentState, history: task.transitionHistory, told },
      { state: "todo", history: [], told: [] },
    );
  });

  test("an ended task names its end as the reason, whatever is asked of it", () => {
    for (const ended of ["done", "cancelled"] as const) {
      const task = new TaskLifecycle("t", { currentState: ended });
      for (const to of STATES) {
        assert.equal(refusal(() => task.transition(to)).reason, `Cannot transition from terminal state ${ended}`);
      }
    }
  });

  test("canTransitionTo says exactly what transition does, along random walks", () => {
    fc.assert(
      fc.property(fc.constantFrom(...STATES), fc.array(fc.constantFrom(...STATES)), (start, wanted) => {
        const task = new TaskLifecycle("t", { currentState: start });
        for (const to of wanted) {
          const from = task.currentState;
          const can = task.canTransitionTo(to);
          if (can) assert.equal(task.transition(to), validateTransition(from, to));
          else assert.throws(() => task.transition(to), InvalidTransitionError);
          assert.equal(task.currentState, can ? to : from);
        }
      }),
      seeded(),
    );
  });

  test("the hook hears of a move after it was made, with a copy of the metadata", () => {
    const told: TransitionNotice[] = [];
    const states: string[] = [];
    const metadata = { pull: 7 };
    const task: TaskLifecycle = new TaskLifecycle("t", {
      onTransition: (notice) => {
        told.push(notice);
        states.push(task.currentState);
      },
    });
    task.transition("in_progress", { actor: "a-1", metadata });
    metadata.pull = 8;
    assert.deepEqual(told, [
      { taskId: "t", from: "todo", to: "in_progress", reason: "Work started", actor: "a-1", metadata: { pull: 7 } },
    ]);
    assert.deepEqual(states, ["in_progress"]);
  });

  test("what the hook throws reaches the caller as it is, and the move stands", () => {
    const fault = new Error("the hook's own");
    const task = new TaskLifecycle("t", {
      onTransition: () => {
        throw fault;
      },
    });
    assert.throws(
      () => task.transition("in_progress"),
      (error) => error === fault,
    );
    assert.equal(task.currentState, "in_progress");
    assert.equal(task.transitionHistory.length, 1);
  });

  test("the history that is handed out is a copy", () => {
    const task = new TaskLifecycle("t");
    task.transition("in_progress");
    const [first] = task.transitionHistory;
    Object.assign(first ?? {}, { to: "done" });
    task.transitionHistory.length = 0;
    assert.equal(task.transitionHistory[0]?.to, "in_progress");
  });

  test("the history keeps the newest moves only, as many as were asked for", () => {
    const task = new TaskLifecycle("t", { maxHistory: 3 });
    const none = new TaskLifecycle("t", { maxHistory: 0 });
    const path = ["in_progress", "blocked", "todo", "blocked", "in_progress"] as const;
    for (const to of path) {
      task.transition(to);
      none.transition(to);
    }
    assert.deepEqual(
      task.transitionHistory.map(({ to }) => to),
      ["todo", "blocked", "in_progress"],
    );
    assert.deepEqual(none.transitionHistory, []);
  });

  test("the state cannot be assigned", () => {
    const task = new TaskLifecycle("t");
    assert.throws(() => Object.assign(task, { currentState: "done" }), TypeError);
    assert.equal(task.currentState, "todo");
  });

  test("bad arguments are errors that name them", () => {
    const rows: readonly (readonly [() => unknown, string, RegExp])[] = [
      [() => new TaskLifecycle(""), "RangeError", /^taskId is empty$/],
      [() => new TaskLifecycle("a\nb"), "RangeError", /^taskId has a control character, U\+000A at 1: remove it$/],
      [
        () => new TaskLifecycle("t", { currentState: untyped("doing") }),
        "RangeError",
        /^currentState is "doing", no state; states: backlog, /,
      ],
      [
        () => new TaskLifecycle("t", { maxHistory: -1 }),
        "RangeError",
        /^maxHistory must be a whole number, 0 or more, got -1$/,
      ],
      [
        () => new TaskLifecycle("t", JSON.parse('{"current_state":"done"}')),
        "TypeError",
        /^options has an unknown key "current_state"; did you mean currentState\?$/,
      ],
      [
        () => new TaskLifecycle("t", JSON.parse('{"onTransition":1}')),
        "TypeError",
        /^onTransition must be a function$/,
      ],
      [
        () => new TaskLifecycle("t").transition("in_progress", JSON.parse('{"actor":1}')),
        "TypeError",
        /^actor must be a string, got number$/,
      ],
    ];
    for (const [act, name, message] of rows) assert.throws(act, { name, message });
  });
});
