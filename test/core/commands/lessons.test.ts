import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LessonRow } from "../../../src/core/index.ts";
import { move, release, taskIn } from "../../support/asks.ts";
import { agent, World } from "../../support/world.ts";

function lessonsIn(world: World): readonly LessonRow[] {
  return [...world.rows.values()].filter((row) => row.kind === "lesson");
}

describe("lessons", () => {
  test("work that is done leaves what was learnt, by whoever held it", () => {
    const world = new World();
    const id = world.held("a-1", { title: "write the parser", taskKind: "feature" });
    const lesson = { what: "numbers need a token", blocker: null, workaround: "split at the sign" };
    world.run({ type: "move_task", body: { task: id, to: "done", reason: "all green", lesson } }, agent("a-1"));
    const [found] = lessonsIn(world);
    assert.deepEqual(found, {
      kind: "lesson",
      sequence: world.log.length,
      at: world.at,
      task: id,
      taskKind: "feature",
      title: "write the parser",
      actor: "agent:a-1",
      what: "numbers need a token",
      outcome: "all green",
      blocker: null,
      workaround: "split at the sign",
    });
  });

  test("blocked work leaves its reason as the blocker", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(move(id, "blocked", "no key"), agent("a-1"));
    const [found] = lessonsIn(world);
    assert.deepEqual([found?.what, found?.outcome, found?.blocker], ["write the parser", "blocked", "no key"]);
  });

  test("other moves, lost leases and refused endings leave none", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(move(id, "done"), agent("a-2"));
    world.run(move(id, "in_review"), agent("a-1"));
    const other = world.held("a-1");
    world.run(release(other), agent("a-1"));
    world.run(move(other, "cancelled", "no use"), agent("a-1"));
    assert.deepEqual(lessonsIn(world), []);
    assert.equal(taskIn(world, other).ended, true);
  });
});
