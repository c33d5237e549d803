// After a restore: what was given in the time that is lost is refused, and fences go on above it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startIncarnation } from "../../src/kernel/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";
import { openMemoryStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { bench } from "../support/kernels.ts";

/** The log and rows of a workspace as they stand now, in another store. */
async function copyOf(store: Store): Promise<Store> {
  const copy = openMemoryStore();
  const { events, rows, head } = await store.read("w", async (view) => ({
    events: await view.events(0, 1_000),
    rows: await view.rows({ prefix: "", limit: 10_000 }),
    head: await view.head(),
  }));
  assert.ok(head !== null);
  await copy.transact("w", (session) => session.append(null, head, events, rows));
  return copy;
}

const YEARS_MS = 4 * 365 * 86_400_000;

// Both lives of a workspace count their command ids from one: a repeated one would be answered as it was before.
let claims = 0;

const claim = async (agent: Kernel, task: string): Promise<number> => {
  const { decision } = await agent.submit({ type: "claim_task", body: { task }, commandId: `claim-${(claims += 1)}` });
  assert.equal(decision.code, "task.claimed", decision.message);
  return Number(decision.result?.["fence"]);
};

async function step(agent: Kernel, task: string, fence?: number): Promise<string> {
  const { decision } = await agent.submit({
    type: "record_step",
    body: { task, tokens: 1 },
    fence,
    commandId: `step-${(claims += 1)}`,
  });
  return decision.code;
}

/** Two tasks, one claimed before the backup and one after it; then the backup is restored. */
async function restored(laterMs = 1_000) {
  const first = await bench();
  for (const task of ["x", "y"]) await first.human.submit({ type: "create_task", body: { task, title: `do ${task}` } });
  const before = await claim(first.agent("a-1"), "x");
  const backup = await copyOf(first.store);
  const lost = await claim(first.agent("a-2"), "y");
  const now = await bench({ store: backup, init: false });
  now.clock.now = first.clock.now + laterMs;
  return {
    ...now,
    before,
    lost,
    begun: await startIncarnation(now.human.as({ kind: "human", id: "eve", proven: true })),
  };
}

describe("a new incarnation", () => {
  test("refuses the fence of a claim that the backup does not know of, and gives a higher one", async () => {
    const { agent, lost } = await restored();
    const fence = await claim(agent("a-3"), "y");
    assert.ok(fence > lost && fence > 2 ** 20, `${fence} after ${lost}`);
    assert.equal(await step(agent("a-2"), "y", lost), "lease.fence_stale");
    assert.equal(await step(agent("a-3"), "y", lost), "lease.fence_stale");
    assert.equal(await step(agent("a-3"), "y", fence), "step.recorded");
  });

  test("ends every lease of before, whoever notices it", async () => {
    const { human, agent, before } = await restored();
    assert.equal(await step(agent("a-1"), "x", before), "lease.not_held");
    const task = await human.task("x");
    assert.deepEqual([task?.task.holder, task?.task.state], [null, "todo"]);
    const again = await claim(agent("a-1"), "x");
    assert.ok(again > before);
    assert.equal(await step(agent("a-1"), "x", again), "step.recorded");
  });

  test("lets another agent claim at once what was held before, named or not", async () => {
    const { agent } = await restored();
    const next = await agent("a-4").submit({ type: "claim_task", body: {} });
    const other = await agent("a-5").submit({ type: "claim_task", body: {} });
    const taken = [next, other].map(({ decision }) => decision.result?.["task"]);
    assert.deepEqual(new Set(taken), new Set(["x", "y"]));
  });

  test("is one event that names where the restored log ended, and leaves a log that verifies", async () => {
    const { human, begun } = await restored();
    const logged = await human.decision(begun.id ?? "");
    assert.ok(logged?.event.type === "incarnation_started");
    const { sequence, hash } = logged.event.body.restoredFrom;
    const [last] = await human.events(sequence - 1, 1);
    assert.deepEqual([last?.hash, logged.event.sequence], [hash, sequence + 1]);
    const { incarnation } = await human.head();
    assert.equal(incarnation, logged.event.body.incarnation);
    assert.deepEqual((await human.verify()).findings, []);
  });

  test("has a number of its own each time, which the clock keeps apart from that of another restore", async () => {
    const { human, clock } = await bench();
    const numbers: number[] = [];
    for (const days of [0, 0, 1_200, 0, 1]) {
      clock.now += days * 86_400_000;
      await startIncarnation(human);
      numbers.push((await human.head()).incarnation);
    }
    const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = numbers;
    assert.deepEqual([first, second, fourth, fifth], [1, 2, third + 1, third + 86_400]);
    assert.ok(third > 10_000_000 && fifth < 2 ** 33);
  });

  test("shares no fence with another restore of the same backup that is made one second later", async () => {
    // In 2027: before 2026 the clock gives no numbers.
    const lives = [await restored(YEARS_MS), await restored(YEARS_MS + 1_000)];
    const [first = 0, second = 0] = await Promise.all(lives.map(({ agent }) => claim(agent("a-1"), "x")));
    assert.ok(second > first + 1_000_000 && Number.isSafeInteger(second), `${first} and ${second}`);
  });

  test("is refused to an agent and to a harness", async () => {
    const { human } = await bench();
    for (const kind of ["agent", "harness"] as const) {
      const { decision } = await startIncarnation(human.as({ kind, id: "a", proven: true }));
      assert.equal(decision.code, "actor.not_allowed");
    }
  });
});
