import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { claim, edit, heartbeat, move, record, release, reserve, settle, taskIn } from "../../support/asks.ts";
import { agent, World } from "../../support/world.ts";

describe("deadline", () => {
  test("up to the deadline a task is claimed and worked on, from then on not", () => {
    const world = new World();
    const deadlineAt = world.at + 60_000;
    const held = world.held("a-1", { deadlineAt });
    const open = world.task({ deadlineAt });
    world.at = deadlineAt - 1;
    assert.equal(world.code(record(held), agent("a-1")), "step.recorded");
    world.at += 1;
    assert.equal(world.code(record(held), agent("a-1")), "task.deadline_passed");
    assert.equal(world.code(reserve(held), agent("a-1")), "task.deadline_passed");
    assert.equal(world.code(claim(open), agent("a-2")), "task.deadline_passed");
    world.at += 5_000;
    const refused = world.run(claim(open), agent("a-2"));
    assert.equal(refused.message, "the deadline of T-2 passed 5 s ago");
    assert.equal(refused.override, "human");
  });

  test("what was spent is settled, and handing back and giving back still pass", () => {
    const world = new World();
    const held = world.held("a-1", { deadlineAt: world.at + 60_000 });
    const step = String(world.run(reserve(held), agent("a-1")).result?.["reservation"]);
    world.at += 60_000;
    assert.equal(world.code(settle(step), agent("a-1")), "step.settled");
    assert.equal(world.code(record(held, { handBack: true }), agent("a-1")), "step.hand_back");
    assert.equal(world.code(release(held), agent("a-1")), "task.released");
  });

  test("a heartbeat buys no more time from the deadline on", () => {
    const world = new World();
    const held = world.held("a-1", { deadlineAt: world.at + 60_000 });
    world.at += 59_999;
    assert.equal(world.code(heartbeat(held), agent("a-1")), "lease.renewed");
    world.at += 1;
    assert.equal(world.code(heartbeat(held), agent("a-1")), "task.deadline_passed");
    assert.equal(world.code(heartbeat(held)), "task.deadline_passed", "a human puts the deadline off instead");
  });

  test("the hand-back note passes late in a lease too, and does not renew it", () => {
    const world = new World();
    const held = world.held("a-1", { deadlineAt: world.at + 60_000 });
    const ends = taskIn(world, held).lease?.expiresAt;
    world.at += 1_700_000;
    assert.equal(world.code(record(held, { handBack: true }), agent("a-1")), "step.hand_back");
    assert.equal(world.code(reserve(held, { handBack: true }), agent("a-1")), "step.reserved");
    assert.equal(taskIn(world, held).lease?.expiresAt, ends);
  });

  test("it passes while the task waits, and ends nothing by itself", () => {
    const world = new World();
    const held = world.held("a-1", { deadlineAt: world.at + 60_000 });
    world.run(move(held, "in_review"), agent("a-1"));
    world.at += 120_000;
    assert.equal(world.code(claim(held), agent("a-1")), "task.deadline_passed");
    assert.equal(world.code(move(held, "done"), agent("a-1")), "task.moved");
  });

  test("a human who moves it lets the work go on", () => {
    const world = new World();
    const id = world.task({ deadlineAt: world.at - 1 });
    assert.equal(world.code(claim(id), agent("a-1")), "task.deadline_passed");
    world.run(edit(id, { deadlineAt: world.at + 1_000 }));
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
  });
});
