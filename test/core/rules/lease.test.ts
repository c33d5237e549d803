import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { create, halt, resume } from "../../support/asks.ts";
import { agent, step, World } from "../../support/world.ts";

const move = (task: string, to: string) =>
  ({ type: "move_task", body: { task, to, reason: null, lesson: null } }) as const;
const claim = (task: string) => ({ type: "claim_task", body: { task } }) as const;
const release = (task: string) =>
  ({ type: "release_task", body: { task, cause: "given_back", reason: null } }) as const;

describe("lease", () => {
  test("of two claims one wins, and the refusal names holder and fence", () => {
    const world = new World();
    const id = world.held("a-1");
    const decision = world.run(claim(id), agent("a-2"));
    assert.equal(decision.code, "lease.taken");
    assert.equal(decision.message, "T-1 is held by a-1, fence 1");
  });

  test("a holder that claims again learns its fence", () => {
    const world = new World();
    const decision = world.run(claim(world.held("a-1")), agent("a-1"));
    assert.deepEqual([decision.code, decision.message], ["lease.yours_already", "you hold T-1 already, fence 1"]);
  });

  test("only the holder writes to a held task", () => {
    const world = new World();
    const id = world.held("a-1");
    assert.equal(world.code(move(id, "done"), agent("a-2")), "lease.not_held");
    assert.equal(world.code({ type: "record_step", body: step(id) }, agent("a-2")), "lease.not_held");
    assert.equal(world.code(release(id), agent("a-2")), "lease.not_held");
  });

  test("a stale fence is refused, the current one is not", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(release(id), agent("a-1"));
    world.run(claim(id), agent("a-1"));
    assert.equal(world.code({ type: "record_step", body: step(id) }, agent("a-1", 1)), "lease.fence_stale");
    assert.equal(world.code(move(id, "done"), agent("a-1", 1)), "lease.fence_stale");
    assert.equal(world.code({ type: "record_step", body: step(id) }, agent("a-1", 2)), "step.recorded");
  });

  test("fences strictly increase over claims and reopenings", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(move(id, "done"), agent("a-1"));
    world.run({ type: "reopen_task", body: { task: id, reason: "again" } });
    assert.equal(world.run(claim(id), agent("a-2")).result?.["fence"], 2);
  });

  test("a release returns the task to the queue by the system's edge", () => {
    const world = new World();
    const id = world.held("a-1");
    assert.equal(world.run(release(id), agent("a-1")).code, "task.released");
    const row = world.get(`task/${id}`);
    assert.deepEqual(row?.kind === "task" && [row.state, row.holder], ["todo", null]);
    const moved = world.log.at(-1);
    assert.equal(moved?.type === "task_moved" && moved.body.by, "system");
  });

  test("an agent cannot take the release edge by a move", () => {
    const world = new World();
    assert.equal(world.code(move(world.held("a-1"), "todo"), agent("a-1")), "lifecycle.not_yours");
  });

  test("nobody books a step on a task that nobody holds", () => {
    const world = new World();
    const id = world.task();
    assert.equal(world.code({ type: "record_step", body: step(id) }, agent("a-1")), "lease.not_held");
    assert.equal(world.code({ type: "record_step", body: step(id) }), "lease.not_held");
  });

  test("a move into the working state is a claim", () => {
    const world = new World();
    const id = world.task();
    assert.equal(world.run(move(id, "in_progress"), agent("a-1")).result?.["fence"], 1);
    assert.equal(world.code(claim(id), agent("a-2")), "lease.taken");
  });

  test("an overtaken agent makes no task below what another holds now", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(release(id), agent("a-1"));
    world.run(claim(id), agent("a-2"));
    const refused = world.run(create({ parent: id }), agent("a-1", 1));
    assert.deepEqual(
      [refused.code, refused.message, refused.next],
      ["lease.fence_stale", "your fence 1, current 2 (a-2). T-1 is not yours", ["write nothing, end your turn"]],
    );
    assert.equal(world.code(create({ parent: id }), agent("a-2", 2)), "task.created");
  });

  test("a new task takes the fence of any task that its maker holds, as long as it holds it", () => {
    const world = new World();
    const parent = world.task();
    const held = world.held("a-1");
    world.run(release(held), agent("a-1"));
    world.run(claim(held), agent("a-1"));
    assert.equal(world.code(create({ parent }), agent("a-1", 2)), "task.created");
    assert.equal(world.code(create(), agent("a-1", 2)), "task.created");
    assert.equal(world.code(create({ parent }), agent("a-1", 3)), "lease.fence_stale");
    world.at += 1_800_000;
    assert.equal(world.code(create({ parent }), agent("a-1", 2)), "lease.fence_stale", "its lease is over");
  });

  test("a halt that ended the claim makes its fence stale for new tasks too, once work may go on", () => {
    const world = new World();
    world.held("a-1");
    world.run(halt("agent/a-1"));
    world.run(resume("agent/a-1"));
    const refused = world.run(create(), agent("a-1", 1));
    assert.deepEqual(
      [refused.code, refused.message],
      ["lease.fence_stale", "your fence 1 is of no task that a-1 holds"],
    );
  });

  test("a new task without a fence, and one of a human's, is judged as before", () => {
    const world = new World();
    const parent = world.held("a-2");
    assert.equal(world.code(create({ parent }), agent("a-1")), "task.created");
    assert.equal(world.code(create({ parent }), { fence: 9 }), "task.created");
  });

  test("a human may step in on a held task, and the holder's hold ends", () => {
    const world = new World();
    const id = world.held("a-1");
    assert.equal(world.code(move(id, "blocked")), "task.moved");
    assert.equal(world.code({ type: "record_step", body: step(id) }, agent("a-1")), "lease.not_held");
  });
});
