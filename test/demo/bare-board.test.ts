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
    (process) => new BareBoard({ path, actor: "agent:a", process, moneyMaxMicros: 3, heard: async () => undefined }),
  );
}

test("one process alone keeps to the limit that it checks", async (context) => {
  const [board] = boards(context, ["p1"]);
  assert.ok(board);
  const { task } = await board.create({ title: "one", kind: "task" });
  const granted: boolean[] = [];
  for (let call = 0; call < 5; call += 1) {
    const answer = await board.reserve({ task, call: "draft", costMicros: 1, fence: null });
    granted.push(answer.granted);
    if (answer.granted) await board.settle(answer.reservation, 1);
  }
  assert.deepEqual(granted, [true, true, true, false, false]);
  assert.deepEqual(await board.money(), { usedMicros: 3, heldMicros: 0 });
});

test("two processes that ask before either has paid are both told yes", async (context) => {
  const [first, second] = boards(context, ["p1", "p2"]);
  assert.ok(first && second);
  const { task } = await first.create({ title: "one", kind: "task" });
  const call = { task, call: "draft", costMicros: 3, fence: null };
  const answers = [await first.reserve(call), await second.reserve(call)];
  assert.deepEqual(
    answers.map(({ granted, leftMicros }) => [granted, leftMicros]),
    [
      [true, 3],
      [true, 3],
    ],
  );
  for (const board of [first, second]) await board.settle("", 3);
  assert.equal((await first.money()).usedMicros, 6);
});

test("work is handed on as often as somebody likes", async (context) => {
  const [board] = boards(context, ["p1"]);
  assert.ok(board);
  const { task } = await board.create({ title: "one", kind: "task", assignee: "a" });
  for (const agent of ["b", "a", "b"]) assert.equal((await board.assign(task, agent)).granted, true);
  assert.equal((await board.entry(task))?.assignee, "b");
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
