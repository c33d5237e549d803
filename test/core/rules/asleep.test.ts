import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { agent, newTask, step, World } from "../../support/world.ts";

const sleep = (who: string, timeoutMs: number | null) =>
  ({ type: "sleep_agent", body: { agent: who, timeoutMs, reason: "no_tasks" } }) as const;
const create = (body: Parameters<typeof newTask>[0] = {}) => ({ type: "create_task", body: newTask(body) }) as const;

describe("asleep", () => {
  test("asleep an agent creates, claims and spends nothing", () => {
    const world = new World();
    const held = world.held("a-1");
    const open = world.task();
    world.run(sleep("a-1", 60_000), agent("a-1"));
    const refused = world.run(create(), agent("a-1"));
    assert.equal(refused.code, "agent.asleep");
    assert.equal(refused.message, "a-1 sleeps until assigned, at most 1 min more");
    assert.equal(refused.retryAfterMs, 60_000);
    assert.equal(world.code({ type: "claim_task", body: { task: open } }, agent("a-1")), "agent.asleep");
    assert.equal(world.code({ type: "record_step", body: step(held) }, agent("a-1")), "agent.asleep");
  });

  test("falling asleep gives back what the agent holds, and its time stops", () => {
    const world = new World();
    const held = world.held("a-1");
    world.at += 5_000;
    world.run(sleep("a-1", null), agent("a-1"));
    const row = world.get(`task/${held}`);
    assert.deepEqual(row?.kind === "task" && [row.state, row.holder, row.attempt], ["todo", null, 1]);
    const meter = world.get(`meter/task/${held}`);
    assert.deepEqual(
      meter?.kind === "meter" && [meter.used["durationMs"]?.[0], meter.held["durationMs"]?.[0]],
      [5_000, 0],
    );
    const actor = world.get("actor/agent:a-1");
    assert.deepEqual(actor?.kind === "actor" && actor.holds, []);
    assert.equal(world.code({ type: "claim_task", body: { task: held } }, agent("a-2")), "task.claimed");
  });

  test("the time-out wakes it, exactly when it is over", () => {
    const world = new World();
    world.run(sleep("a-1", 60_000), agent("a-1"));
    world.at += 59_999;
    assert.equal(world.code(create(), agent("a-1")), "agent.asleep");
    world.at += 1;
    assert.equal(world.code(create(), agent("a-1")), "task.created");
    const woken = world.log.at(-2);
    assert.equal(woken?.type === "agent_woken" && woken.body.cause, "timeout");
  });

  test("an assignment by another wakes it, its own does not", () => {
    const world = new World();
    world.run(sleep("a-1", null), agent("a-1"));
    assert.equal(world.code(create({ assignee: "a-1" }), agent("a-1")), "agent.asleep");
    world.run(create({ assignee: "a-1" }), agent("a-2"));
    assert.equal(world.code(create(), agent("a-1")), "task.created");
  });

  test("an agent sleeps only for itself and never wakes itself", () => {
    const world = new World();
    assert.equal(world.code(sleep("a-2", null), agent("a-1")), "actor.not_self");
    world.run(sleep("a-1", null), agent("a-1"));
    assert.equal(
      world.code({ type: "wake_agent", body: { agent: "a-1", reason: null } }, agent("a-1")),
      "actor.not_allowed",
    );
    assert.equal(world.code({ type: "wake_agent", body: { agent: "a-1", reason: null } }), "agent.woken");
    assert.equal(world.code(create(), agent("a-1")), "task.created");
  });

  test("sleeping again never shortens a sleep", () => {
    const world = new World();
    world.run(sleep("a-1", 60_000), agent("a-1"));
    world.run(sleep("a-1", 0), agent("a-1"));
    world.at += 59_999;
    assert.equal(world.code(create(), agent("a-1")), "agent.asleep");
    world.run(sleep("a-1", null), agent("a-1"));
    world.run(sleep("a-1", 1), agent("a-1"));
    world.at += 3_600_000;
    assert.equal(world.code(create(), agent("a-1")), "agent.asleep");
  });

  test("others are not asleep", () => {
    const world = new World();
    world.run(sleep("a-1", null), agent("a-1"));
    assert.equal(world.code(create(), agent("a-2")), "task.created");
  });
});
