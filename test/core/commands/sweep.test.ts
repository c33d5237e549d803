import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { countsIn, halt, reserve, resume, taskIn } from "../../support/asks.ts";
import { agent, harness, World } from "../../support/world.ts";
import type { Kinds } from "../../support/world.ts";

const sweep = (tasks: readonly string[], reservations: readonly string[] = []): Kinds => ({
  type: "sweep",
  body: { tasks, reservations },
});
const timer = { kind: "system", actor: "sweep" } as const;

describe("sweep", () => {
  test("notes what fell due among the rows it names, as the system's own events", () => {
    const world = new World();
    const [one, two] = [world.held("a-1"), world.held("a-2")];
    const step = String(world.run(reserve(two, { amounts: { tokens: 5 } }), agent("a-2")).result?.["reservation"]);
    world.at += 3_600_000;
    const before = world.log.length;
    assert.equal(world.run(sweep([one, two], [step]), timer).message, "looked at 3");
    assert.deepEqual(
      world.log.slice(before).map(({ type, kind, actor, decision }) => [type, kind, actor, decision]),
      [
        ["task_moved", "system", "kernel", null],
        ["task_moved", "system", "kernel", null],
        ["reservation_expired", "system", "kernel", null],
      ],
    );
    assert.equal(countsIn(world, `task/${two}`, "tokens").used[0], 5);
  });

  test("one that finds nothing leaves no trace", () => {
    const world = new World();
    const id = world.held("a-1");
    const before = [world.log.length, world.rows.size];
    assert.equal(world.code(sweep([id, "none"], ["r-404"]), timer), "sweep.done");
    assert.deepEqual([world.log.length, world.rows.size], before);
  });

  test("again it finds nothing more", () => {
    const world = new World();
    const id = world.held("a-1");
    world.at += 1_800_000;
    world.run(sweep([id]), timer);
    const before = world.log.length;
    world.run(sweep([id]), timer);
    assert.equal(world.log.length, before);
    assert.equal(taskIn(world, id).attempt, 2);
  });

  test("leases under a halt end too, once", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(halt("workspace"));
    world.run(resume("workspace"));
    world.run(sweep([id]), timer);
    assert.deepEqual([taskIn(world, id).state, taskIn(world, id).attempt], ["todo", 1]);
  });

  test("is a human's or a timer's", () => {
    const world = new World();
    assert.equal(world.code(sweep([])), "sweep.done");
    for (const as of [agent("a-1"), harness]) assert.equal(world.code(sweep([]), as), "actor.not_allowed");
  });
});
