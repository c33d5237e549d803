// Growth: counted by time without reading the log, and told by what holds it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { growthIn } from "../../src/kernel/growth.ts";
import { openMemoryStore } from "../../src/store/index.ts";
import type { Store, View } from "../../src/store/index.ts";
import { follow } from "../store/growth.ts";
import { bench } from "../support/kernels.ts";
import { random, runSeed } from "../support/random.ts";

const DAY_MS = 86_400_000;

/** A log of events at these times, and nothing else but a head. */
async function logAt(times: readonly number[]): Promise<Store> {
  const store = openMemoryStore();
  const { next, events } = follow(null, ...times.map((_, n) => `event ${n}`));
  const timed = events.map((event, n) => ({ ...event, at: times[n] ?? 0 }));
  const head = { kind: "head", sequence: times.length, at: times.at(-1) };
  await store.transact("w", (session) =>
    session.append(null, next, timed, [{ key: "head", bytes: JSON.stringify(head) }]),
  );
  return store;
}

/** The view, and how many events were asked of it one by one, and in pages. */
function counted(view: View): { readonly view: View; readonly asked: { single: number; paged: number } } {
  const asked = { single: 0, paged: 0 };
  const counting: View = {
    head: () => view.head(),
    load: (keys) => view.load(keys),
    rows: (page) => view.rows(page),
    search: (prefix, query, limit) => view.search(prefix, query, limit),
    counters: () => view.counters(),
    event: (sequence) => {
      asked.single += 1;
      return view.event(sequence);
    },
    events: (after, limit) => {
      asked.paged += limit;
      return view.events(after, limit);
    },
  };
  return { view: counting, asked };
}

describe("growth", () => {
  test("counts the events of the last day and week as a recount does, whatever their times", async () => {
    const dice = random(runSeed());
    for (let round = 0; round < 60; round += 1) {
      const now = 1_700_000_000_000;
      const times = Array.from({ length: 1 + dice.below(80) }, () => now - dice.below(10) * DAY_MS + dice.below(3) - 1);
      const store = await logAt(times.toSorted((a, b) => a - b));
      const { lastDay, lastWeek, since, events } = await store.read("w", (view) => growthIn(view, now));
      assert.equal(lastDay, times.filter((at) => at >= now - DAY_MS).length);
      assert.equal(lastWeek, times.filter((at) => at >= now - 7 * DAY_MS).length);
      assert.deepEqual([since, events], [Math.min(...times), times.length]);
    }
  });

  test("reads a bounded part of a long log", async () => {
    const now = 1_700_000_000_000;
    const store = await logAt(Array.from({ length: 60_000 }, (_, n) => now - 60_000 + n));
    await store.read("w", async (inner) => {
      const { view, asked } = counted(inner);
      const { sampled, lastDay } = await growthIn(view, now);
      assert.deepEqual([sampled, lastDay], [10_000, 60_000]);
      assert.ok(asked.single < 50, `${asked.single} single events`);
      assert.equal(asked.paged, 10_000);
    });
  });

  test("tells which events and rows take up the room, and how many were refused", async () => {
    const { human, agent, clock } = await bench();
    for (let n = 1; n <= 5; n += 1) await human.submit({ type: "create_task", body: { title: `work ${n}` } });
    for (let n = 0; n < 70; n += 1) await agent("a").submit({ type: "claim_task", body: { task: "T-404" } });
    const { types, rows, refusals, eventBytes } = await human.growth();
    assert.deepEqual(refusals, { lastDay: 60, total: 70, unrecorded: 10 });
    const of = (type: string) => types.find((one) => one.type === type)?.events;
    assert.deepEqual([of("task_created"), of("command_refused"), of("policy_adopted")], [5, 60, 1]);
    assert.deepEqual(
      types.map(({ bytes }) => bytes),
      types.map(({ bytes }) => bytes).toSorted((a, b) => b - a),
    );
    const rowsOf = (kind: string) => rows.find((one) => one.kind === kind);
    assert.deepEqual([rowsOf("task")?.rows, rowsOf("command")?.rows, rowsOf("task")?.all], [5, 6, true]);
    assert.ok(eventBytes > 300 && eventBytes < 2_000, String(eventBytes));
    clock.now += 2 * DAY_MS;
    assert.deepEqual((await human.growth()).refusals, { lastDay: 0, total: 70, unrecorded: 10 });
  });

  test("of an empty workspace is nothing", async () => {
    const { human } = await bench({ init: false });
    const { events, since, lastDay, lastWeek, eventBytes, rows } = await human.growth();
    assert.deepEqual([events, since, lastDay, lastWeek, eventBytes, rows], [0, null, 0, 0, 0, []]);
  });

  test("counts at most a thousand rows of one kind, and says that there are more", async () => {
    const { human } = await bench();
    for (let n = 1; n <= 1_002; n += 1) await human.submit({ type: "start_run", body: { run: `r-${n}` } });
    const runs = (await human.growth()).rows.find(({ kind }) => kind === "run");
    assert.deepEqual([runs?.rows, runs?.all], [1_000, false]);
  });
});
