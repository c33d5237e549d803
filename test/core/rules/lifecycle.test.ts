import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEFAULT_LIFECYCLE, TASK_STATES } from "../../../src/core/index.ts";
import { World, agent, fact, harness, newTask } from "../../support/world.ts";

const move = (task: string, to: string) =>
  ({ type: "move_task", body: { task, to, reason: "because", lesson: null } }) as const;
const claim = (task: string) => ({ type: "claim_task", body: { task } }) as const;

/** Brings a fresh task of `world` into a state by legal moves. */
function taskIn(world: World, state: string): string {
  if (state === "backlog") return world.task({ state: "backlog", assignee: "a-1" });
  const id = world.task({ assignee: "a-1" });
  if (state === "todo") return id;
  if (state === "blocked" || state === "cancelled") {
    world.run(move(id, state), agent("a-1"));
    return id;
  }
  world.run(claim(id), agent("a-1"));
  if (state !== "in_progress") world.run(move(id, state), agent("a-1"));
  return id;
}

describe("lifecycle", () => {
  for (const from of TASK_STATES) {
    for (const to of TASK_STATES) {
      const edge = DEFAULT_LIFECYCLE.edges.find((item) => item.from === from && item.to === to);
      const granted = edge?.by.includes("agent") ?? false;
      test(`an agent's move ${from} -> ${to} is ${granted ? "granted" : "refused"}`, () => {
        const world = new World();
        const id = taskIn(world, from);
        const decision = world.run(move(id, to), agent("a-1"));
        assert.equal(decision.verdict, granted ? "granted" : "refused", decision.message);
        const row = world.get(`task/${id}`);
        assert.equal(row?.kind === "task" && row.state, granted ? to : from);
      });
    }
  }

  test("a skipped state is named with the legal next moves", () => {
    const world = new World();
    const decision = world.run(move(world.task(), "done"), agent("a-1"));
    assert.equal(decision.code, "lifecycle.transition_skipped");
    assert.equal(decision.message, "todo -> done skips in_progress. legal: in_progress, blocked, cancelled");
    assert.deepEqual(decision.next, ["claim T-1 first"]);
  });

  test("an unknown state is refused with the list of states", () => {
    const world = new World();
    assert.equal(world.code(move(world.task(), "flying"), agent("a-1")), "lifecycle.state_unknown");
  });

  test("ended work is left only by a human's reopen, with attempt + 1", () => {
    const world = new World();
    const id = taskIn(world, "done");
    assert.equal(world.code(move(id, "todo"), agent("a-1")), "lifecycle.terminal");
    const reopen = { type: "reopen_task", body: { task: id, reason: "a test was missing" } } as const;
    assert.equal(world.code(reopen, agent("a-1")), "actor.not_allowed");
    const decision = world.run(reopen);
    assert.equal(decision.code, "task.reopened");
    assert.equal(decision.result?.["attempt"], 2);
  });

  test("only ended work is reopened", () => {
    const world = new World();
    assert.equal(
      world.code({ type: "reopen_task", body: { task: taskIn(world, "blocked"), reason: "why not" } }),
      "lifecycle.not_ended",
    );
  });

  test("a move to the state it is in is no move, and another kind's edge is named as such", () => {
    const world = new World();
    const id = world.task();
    const same = world.run(move(id, "todo"), agent("a-1"));
    assert.deepEqual([same.code, same.next], ["lifecycle.same_state", ["go on; nothing is to be done"]]);
    const other = world.run(move(world.task({ state: "backlog" }), "cancelled"), agent("a-1"));
    assert.deepEqual(
      [other.code, other.message],
      ["lifecycle.not_yours", "backlog -> cancelled is a move for the human, not for an agent. legal: todo"],
    );
  });

  test("a human cancels from any state", () => {
    for (const from of TASK_STATES.filter((state) => state !== "cancelled")) {
      const world = new World();
      assert.equal(world.code(move(taskIn(world, from), "cancelled")), "task.moved", from);
    }
  });

  test("a task begins only in an initial state", () => {
    const world = new World();
    const body = newTask({ state: "done" });
    assert.equal(world.code({ type: "create_task", body }), "lifecycle.not_initial");
    assert.equal(world.code({ type: "create_task", body: { ...body, state: "backlog" } }), "task.created");
  });

  test("a fact is never refused: the skip is a finding and the row follows the fact", () => {
    const world = new World();
    world.run({ type: "record_fact", body: fact({ task: "x", to: "todo" }) }, harness);
    const decision = world.run({ type: "record_fact", body: fact({ task: "x", from: "todo", to: "done" }) }, harness);
    assert.equal(decision.verdict, "granted");
    assert.deepEqual(
      decision.wouldHave?.map((finding) => finding.code),
      ["lifecycle.transition_skipped"],
    );
    const row = world.get("task/x");
    assert.equal(row?.kind === "task" && row.state, "done");
  });

  test("a fact that does not say where it came from is never a skip", () => {
    const world = new World();
    world.run({ type: "record_fact", body: fact({ task: "x", to: "todo" }) }, harness);
    assert.equal(
      world.run({ type: "record_fact", body: fact({ task: "x", to: "done" }) }, harness).wouldHave,
      undefined,
    );
  });

  test("work that is ended when first seen is a finding", () => {
    const decision = new World().run({ type: "record_fact", body: fact({ task: "x", to: "done" }) }, harness);
    assert.deepEqual(
      decision.wouldHave?.map((finding) => finding.code),
      ["lifecycle.first_sight_ended"],
    );
  });

  test("a fact that leaves another state than the last one seen is a finding", () => {
    const world = new World();
    world.run({ type: "record_fact", body: fact({ task: "x", to: "todo" }) }, harness);
    const decision = world.run(
      { type: "record_fact", body: fact({ task: "x", from: "in_progress", to: "done" }) },
      harness,
    );
    assert.deepEqual(
      decision.wouldHave?.map((finding) => finding.code),
      ["fact.discontinuous"],
    );
  });
});
