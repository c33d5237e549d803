import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY, Defect, evolve, judge, RULES } from "../../src/core/index.ts";
import { agent, commandOf, fact, harness, newTask, step, World } from "../support/world.ts";

const create = (body: Parameters<typeof newTask>[0] = {}) => ({ type: "create_task", body: newTask(body) }) as const;

describe("judge", () => {
  test("touching a row that nobody loaded throws: it is a defect, not a verdict", () => {
    const world = new World();
    const command = commandOf(create(), {}, "c");
    assert.throws(() => judge(new Map(), command, world.policy, 0), Defect);
  });

  test("every code of a rule stands in the reason table, and each rule's name is its own", () => {
    assert.equal(new Set(RULES.map((rule) => rule.name)).size, RULES.length);
    assert.ok(RULES.every((rule) => rule.codes.length > 0 && rule.on.length > 0));
  });

  test("an observed rule grants and says what it would have done", () => {
    const world = new World({ ...DAY_ONE_POLICY, modes: { depth: "observe" } });
    let parent = world.task();
    for (let deep = 1; deep <= 6; deep += 1) parent = world.task({ parent });
    const decision = world.run(create({ parent }));
    assert.equal(decision.verdict, "granted");
    assert.deepEqual(decision.wouldHave, [
      { code: "lineage.depth_exceeded", numbers: { task: "T-8", parent: "T-7", depth: 7, limit: 6 } },
    ]);
  });

  test("a refusal is an event, and carries what was asked", () => {
    const world = new World();
    world.run({ type: "claim_task", body: { task: "nowhere" } }, agent("a-1"));
    const event = world.log.at(-1);
    assert.equal(event?.type, "command_refused");
    assert.equal(event?.decision?.code, "task.unknown");
    assert.deepEqual(event?.type === "command_refused" && event.body, {
      command: "claim_task",
      asked: { task: "nowhere" },
    });
  });

  test("after 60 refusals in a minute nothing more is written for that actor, until the next minute", () => {
    const world = new World();
    const knock = () => world.run({ type: "claim_task", body: { task: "nowhere" } }, agent("a-1"));
    for (let n = 0; n < 100; n += 1) assert.equal(knock().code, "task.unknown");
    assert.equal(world.log.length, 60);
    world.run({ type: "claim_task", body: { task: "nowhere" } }, agent("a-2"));
    assert.equal(world.log.length, 61);
    world.at += 60_000;
    knock();
    assert.equal(world.log.length, 62);
  });

  test("each kind of actor asks only for what is its own", () => {
    const world = new World();
    assert.equal(world.code({ type: "record_fact", body: fact({ task: "x", to: "todo" }) }), "actor.not_allowed");
    assert.equal(
      world.code(
        { type: "adopt_policy", body: { policy: DAY_ONE_POLICY, source: "", hash: "h", humanKey: null } },
        agent("a-1"),
      ),
      "actor.not_allowed",
    );
  });

  test("events of one command follow one another and the first carries the decision", () => {
    const world = new World();
    world.run({ type: "sleep_agent", body: { agent: "a-2", timeoutMs: null, reason: "idle" } }, agent("a-2"));
    world.run(create({ assignee: "a-2" }));
    assert.deepEqual(
      world.log.map((event) => [event.sequence, event.type, event.decision?.verdict ?? null]),
      [
        [1, "agent_slept", "granted"],
        [2, "task_created", "granted"],
        [3, "agent_woken", null],
      ],
    );
  });

  test("any prefix of the log folds to the rows that stood then", () => {
    const world = new World();
    const snapshots: string[] = [];
    const act = (): void => {
      snapshots[world.log.length] = JSON.stringify([...world.rows].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    };
    const id = world.held("a-1", { text: "long text" });
    act();
    world.run({ type: "record_step", body: step(id, { amounts: { tokens: 12, costMicros: 7 } }) }, agent("a-1"));
    act();
    world.run({ type: "move_task", body: { task: id, to: "todo", reason: null, lesson: null } }, agent("a-1"));
    act();
    world.run({ type: "record_fact", body: fact({ task: "x", to: "done", parent: "gone", author: "b" }) }, harness);
    act();
    const folded = new Map();
    const view = { get: (key: string) => folded.get(key) ?? null };
    let compared = 0;
    for (const event of world.log) {
      for (const [key, row] of evolve(view, [event])) {
        if (row === null) folded.delete(key);
        else folded.set(key, row);
      }
      const then = snapshots[event.sequence];
      if (then === undefined) continue;
      compared += 1;
      assert.equal(
        JSON.stringify([...folded].toSorted(([a], [b]) => (a < b ? -1 : 1))),
        then,
        `after event ${event.sequence}`,
      );
    }
    assert.equal(compared, 4);
  });

  test("an event that leaves a gap, or goes back in time, is a defect", () => {
    const world = new World();
    world.task();
    const [first] = world.log;
    assert.ok(first);
    const empty = { get: () => null };
    assert.throws(() => evolve(empty, [{ ...first, sequence: 2 }]), Defect);
    assert.throws(() => evolve(empty, [first, { ...first, sequence: 2, at: first.at - 1 }]), Defect);
  });
});
