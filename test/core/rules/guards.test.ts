import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import { claim, create, edit, move, release, reopen, taskIn } from "../../support/asks.ts";
import { withGuards } from "../../support/policies.ts";
import { agent, World } from "../../support/world.ts";

describe("reason", () => {
  test("an agent says why it blocks or drops a task; blanks are no reason", () => {
    const world = new World();
    const held = world.held("a-1");
    for (const reason of [null, "", "  \n"])
      assert.equal(world.code(move(held, "blocked", reason), agent("a-1")), "lifecycle.reason_missing");
    const refused = world.run(move(held, "cancelled"), agent("a-1"));
    assert.equal(refused.message, "cancelled needs a reason, and none was given for T-1");
    assert.equal(world.code(move(held, "blocked", "no key"), agent("a-1")), "task.moved");
  });

  test("a human owes no reason, and other states ask for none", () => {
    const world = new World();
    assert.equal(world.code(move(world.held("a-1"), "blocked")), "task.moved");
    assert.equal(world.code(move(world.held("a-1"), "in_review"), agent("a-1")), "task.moved");
  });

  test("the table says which states ask for one", () => {
    const world = new World(withGuards({ blocked: [], done: ["reason"] }));
    assert.equal(world.code(move(world.held("a-1"), "blocked"), agent("a-1")), "task.moved");
    assert.equal(world.code(move(world.held("a-1"), "done"), agent("a-1")), "lifecycle.reason_missing");
  });
});

describe("blockers", () => {
  test("a task that waits for open work is not claimed, by anybody", () => {
    const world = new World();
    const [one, two] = [world.task(), world.task()];
    const id = world.task({ blockedBy: [one, two] });
    const refused = world.run(claim(id), agent("a-1"));
    assert.deepEqual(
      [refused.code, refused.message],
      ["lifecycle.blockers_open", "T-3 waits for 2 open tasks: T-1, T-2"],
    );
    assert.equal(world.code(claim(id)), "lifecycle.blockers_open");
  });

  test("work that ended blocks no more, reopened it blocks again", () => {
    const world = new World();
    const blocker = world.task();
    const id = world.task({ blockedBy: [blocker] });
    world.run(move(blocker, "cancelled"));
    assert.equal(taskIn(world, id).openBlockers, 0);
    world.run(reopen(blocker));
    assert.equal(world.code(claim(id), agent("a-1")), "lifecycle.blockers_open");
    world.run(move(blocker, "cancelled"));
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
  });

  test("an edit replaces what a task waits for", () => {
    const world = new World();
    const [one, two] = [world.task(), world.task()];
    const id = world.task({ blockedBy: [one] });
    world.run(edit(id, { blockedBy: [two] }));
    world.run(move(two, "cancelled"));
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
    assert.equal(world.code(edit(id, { blockedBy: ["none"] })), "task.unknown");
  });

  test("a blocker that comes while the task is held takes nothing away", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(edit(id, { blockedBy: [world.task()] }), agent("a-1"));
    assert.equal(world.code(move(id, "in_review"), agent("a-1")), "task.moved");
    assert.equal(world.code(claim(id), agent("a-1")), "lifecycle.blockers_open");
  });
});

describe("open-children", () => {
  test("a task with open children is not done, by anybody", () => {
    const world = new World();
    const parent = world.held("a-1");
    const child = world.task({ parent });
    world.task({ parent });
    const refused = world.run(move(parent, "done"), agent("a-1"));
    assert.deepEqual([refused.code, refused.message], ["lifecycle.children_open", "T-1 has 2 open children"]);
    assert.equal(world.code(move(parent, "done")), "lifecycle.children_open");
    world.run(move(child, "cancelled"));
    assert.equal(world.code(move(parent, "done")), "lifecycle.children_open");
    assert.equal(world.code(move(parent, "in_review"), agent("a-1")), "task.moved", "the turn may end");
  });

  test("once the last child ended it is done; a child reopened counts again", () => {
    const world = new World();
    const parent = world.held("a-1");
    const child = world.task({ parent });
    world.run(move(child, "cancelled"));
    world.run(reopen(child));
    assert.equal(taskIn(world, parent).openChildren, 1);
    world.run(move(child, "cancelled"));
    assert.equal(world.code(move(parent, "done"), agent("a-1")), "task.moved");
  });

  test("grandchildren are their parents' affair", () => {
    const world = new World();
    const parent = world.held("a-1");
    const child = world.held("a-2", { parent });
    world.task({ parent: child });
    assert.equal(world.code(move(child, "done"), agent("a-2")), "lifecycle.children_open");
    world.run(move(child, "cancelled"));
    assert.equal(world.code(move(parent, "done"), agent("a-1")), "task.moved");
  });
});

describe("review", () => {
  const policy = withGuards({ done: ["other_actor"] }, DAY_ONE_POLICY);

  test("another than who did the work ends it", () => {
    const world = new World(policy);
    const id = world.held("a-1");
    world.run(move(id, "in_review"), agent("a-1"));
    const refused = world.run(move(id, "done"), agent("a-1"));
    assert.deepEqual(
      [refused.code, refused.message],
      ["review.same_actor", "a-1 did the work of T-1; done takes another actor"],
    );
    assert.equal(world.code(move(id, "done"), agent("a-2")), "task.moved");
  });

  test("who gave it back is still the one who did the work", () => {
    const world = new World(policy);
    const id = world.held("a-1");
    assert.equal(world.code(move(id, "done"), agent("a-1")), "review.same_actor");
    world.run(release(id), agent("a-1"));
    world.run(claim(id), agent("a-2"));
    assert.equal(world.code(move(id, "done"), agent("a-2")), "review.same_actor");
  });

  test("a human judges their own work too", () => {
    const world = new World(policy);
    const id = world.task();
    world.run(claim(id));
    assert.equal(world.code(move(id, "done")), "task.moved");
  });

  test("day one asks for no review", () => {
    const world = new World();
    assert.equal(world.code(move(world.held("a-1"), "done"), agent("a-1")), "task.moved");
    assert.equal(world.code(create()), "task.created");
  });
});
