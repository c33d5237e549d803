// The board without the kernel: it works for one, forgets the sleep of another, and takes whatever it is told.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { BareBoard, newBareBoard } from "../../src/cli/demo/bare-board.ts";

function boards(context: TestContext, names: readonly string[]): readonly BareBoard[] {
  const folder = mkdtempSync(join(tmpdir(), "exec-kernel-test-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "board.json");
  newBareBoard(path);
  return names.map(
    (process) => new BareBoard({ path, actor: "agent:a", process, stepsMax: 3, heard: async () => undefined }),
  );
}

test("one process alone keeps to the limit that it checks", async (context) => {
  const [board] = boards(context, ["p1"]);
  assert.ok(board);
  const { task } = await board.create({ title: "one", kind: "task" });
  const granted: boolean[] = [];
  for (let step = 0; step < 5; step += 1) granted.push((await board.step(task)).granted);
  assert.deepEqual(granted, [true, true, true, false, false]);
  assert.equal((await board.entry(task))?.steps, 3);
});

test("a sleep is known to the process that slept, and to no other", async (context) => {
  const [first, second] = boards(context, ["p1", "p2"]);
  assert.ok(first && second);
  await first.sleep(60_000);
  assert.equal((await first.create({ title: "one", kind: "task" })).code, "agent.asleep");
  assert.equal((await second.create({ title: "one", kind: "task" })).granted, true);
});

test("work that nobody began is done as soon as somebody says so", async (context) => {
  const [board] = boards(context, ["p1"]);
  assert.ok(board);
  const { task } = await board.create({ title: "one", kind: "task" });
  const answer = await board.move(task, "done");
  assert.equal(answer.granted, true);
  assert.equal((await board.entry(task))?.state, "done");
  assert.equal(await board.remembers({ commandId: answer.commandId, decision: null, durationMs: 0 }), true);
  assert.equal(await board.remembers({ commandId: "p1-99", decision: null, durationMs: 0 }), false);
});

test("what is not on the board cannot be worked on", async (context) => {
  const [board] = boards(context, ["p1"]);
  assert.ok(board);
  assert.equal((await board.claim("nothing")).code, "task.unknown");
  assert.equal((await board.step("nothing")).code, "task.unknown");
  assert.equal((await board.create({ title: "one", kind: "task", parent: "nothing" })).granted, false);
});
