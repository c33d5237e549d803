// Forgetting: what is over goes with the appends that come later, at any rate, and verify does not miss it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LESSONS_MAX } from "../../../src/core/index.ts";
import { forgettable, forgettingAt, isForgetful } from "../../../src/kernel/commit/forget.ts";
import { openMemoryStore } from "../../../src/store/index.ts";
import type { Store } from "../../../src/store/index.ts";
import { follow } from "../../store/growth.ts";
import { bench } from "../../support/kernels.ts";
import type { Bench } from "../../support/kernels.ts";
import { logOf } from "../../support/lives.ts";

const DAY_MS = 86_400_000;

async function keysUnder(store: Store, prefix: string): Promise<readonly string[]> {
  const rows = await store.read("w", (view) => view.rows({ prefix, limit: 100_000 }));
  return rows.map(({ key }) => key);
}

/** Some work, so many commands of it: tasks with runs around them, and lessons. */
async function work({ human, agent, clock }: Bench, name: string, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    const hand = agent("a");
    const run = `${name}-${n}`;
    await hand.submit({ type: "start_run", body: { run } });
    const { decision } = await human.submit({ type: "create_task", body: { title: `work of ${run}` } });
    const task = String(decision.result?.["task"]);
    await hand.submit({ type: "claim_task", body: { task } });
    await hand.submit({ type: "move_task", body: { task, to: "blocked", reason: "so" } });
    await hand.submit({ type: "end_run", body: { run } });
    clock.now += 1_000;
  }
}

describe("forgetting", () => {
  test("takes a step when the log passes a multiple of 256, however far it goes at once", () => {
    const passes = [
      [0, 1],
      [254, 255],
      [255, 256],
      [256, 257],
      [60, 300],
    ] as const;
    assert.deepEqual(
      passes.map(([from, to]) => isForgetful(from, to)),
      [false, false, true, false, true],
    );
  });

  test("sweeps away grants and ended runs of a week ago, and nothing younger", async () => {
    const world = await bench();
    await work(world, "old", 60);
    world.clock.now += 6 * DAY_MS;
    await work(world, "mid", 20);
    assert.equal((await keysUnder(world.store, "run/")).length, 80);
    world.clock.now += 2 * DAY_MS;
    await work(world, "new", 60);
    const runs = await keysUnder(world.store, "run/");
    assert.deepEqual(
      ["old", "mid", "new"].map((name) => runs.filter((key) => key.includes(`/${name}-`)).length),
      [0, 20, 60],
    );
    const log = await logOf(world.human);
    const young = log.filter(({ digest, at }) => digest !== null && at + 7 * DAY_MS > world.clock.now);
    assert.equal((await keysUnder(world.store, "command/")).length, young.length);
    const report = await world.human.verify();
    assert.deepEqual([report.findings, report.ok], [[], true]);
  });

  test("keeps up with the log: what is kept does not grow with its age", async () => {
    const world = await bench();
    const kept: number[] = [];
    for (let week = 0; week < 6; week += 1) {
      for (let day = 0; day < 7; day += 1) {
        await work(world, `w${week}d${day}`, 12);
        world.clock.now += DAY_MS;
      }
      kept.push((await keysUnder(world.store, "command/")).length);
    }
    const [, second = 0, ...later] = kept;
    for (const count of later) assert.ok(count <= second * 1.3, kept.join(" "));
    assert.equal((await world.human.verify()).ok, true);
  });

  test("forgets a lesson after 180 days, and finds it no more", async () => {
    const world = await bench();
    await work(world, "old", 20);
    world.clock.now += 181 * DAY_MS;
    await work(world, "new", 40);
    const lessons = await world.human.lessons("work", 100);
    assert.deepEqual(
      lessons.filter(({ title }) => title.includes("old")),
      [],
    );
    assert.equal(lessons.length, 40);
    assert.equal((await world.human.verify()).ok, true);
  });

  test("an id used again after a week is a new command, swept or not", async () => {
    const world = await bench();
    const first = await world.human.submit({ type: "create_task", commandId: "mine", body: { title: "one" } });
    world.clock.now += 8 * DAY_MS;
    await work(world, "new", 40);
    const second = await world.human.submit({ type: "create_task", commandId: "mine", body: { title: "two" } });
    assert.deepEqual([first.replayed, second.replayed, second.decision.verdict], [false, false, "granted"]);
    assert.equal((await world.human.verify()).ok, true);
  });

  test("a dry run, a refusal and a replay forget nothing of what stands", async () => {
    const world = await bench();
    await work(world, "old", 30);
    const before = await keysUnder(world.store, "");
    world.clock.now += 30 * DAY_MS;
    await world.human.submit({ type: "create_task", body: { title: "x" }, dryRun: true });
    assert.deepEqual(await keysUnder(world.store, ""), before);
  });
});

/** A log of lessons alone, young ones, with their rows. */
async function lessonsOnly(count: number): Promise<Store> {
  const store = openMemoryStore();
  const { next, events } = follow(null, ...Array.from({ length: count }, () => "{}"));
  const learnt = events.map((event) => ({ ...event, type: "lesson_learnt" }));
  const lesson = { kind: "lesson", task: "T-1", taskKind: "t", title: "t", actor: "agent:a" };
  const rows = events.map(({ sequence, at }) => ({
    key: `lesson/${String(sequence).padStart(13, "0")}`,
    bytes: JSON.stringify({ ...lesson, sequence, at }),
  }));
  await store.transact("w", (session) => session.append(null, next, learnt, rows));
  return store;
}

test("of more than 10,000 lessons the oldest go, a few at a time", async () => {
  const store = await lessonsOnly(LESSONS_MAX + 140);
  const at = 1_700_000_100_000;
  const most: number[] = [];
  for (let step = 0; step < 40; step += 1) {
    await store.transact("w", async (session) => {
      const forgetting = await forgettingAt(session, at);
      most.push(forgetting.keys.length);
      for (const [name, by] of forgetting.counts) await session.count(name, by);
      const head = await session.head();
      const { next, events } = follow(head, "x");
      const gone = forgetting.keys.map((key) => ({ key, bytes: null }));
      await session.append(head, next, events, gone);
    });
  }
  const left = await keysUnder(store, "lesson/");
  assert.equal(left.length, LESSONS_MAX);
  assert.equal(left[0], "lesson/0000000000141");
  assert.equal(Math.max(...most), 64);
});

test("verify may miss what is over, and lessons past the newest 10,000; nothing else", () => {
  const base = { kind: "lesson", at: 0, task: "T-1", taskKind: "t", title: "t", actor: "agent:a" } as const;
  const learnt = { ...base, what: "w", outcome: "done", blocker: null, workaround: null };
  const lessons = Array.from({ length: LESSONS_MAX + 2 }, (_, n) => ({ ...learnt, sequence: n + 1 }));
  const command = { kind: "command", sequence: 9, digest: "d", expiresAt: 500 } as const;
  const mayBeGone = forgettable([...lessons, command], 499);
  assert.deepEqual(
    [lessons[0], lessons[1], lessons[2], lessons.at(-1)].map((row) => row !== undefined && mayBeGone(row)),
    [true, true, false, false],
  );
  assert.equal(mayBeGone(command), false);
  assert.equal(forgettable([command], 500)(command), true);
});

test("a place in the log that somebody wrote over stops no command, and verify finds it", async () => {
  for (const by of [-5, 1e9]) {
    const world = await bench();
    await work(world, "old", 20);
    await world.store.transact("w", (session) => session.count("forgotten/events", by));
    assert.match(
      (await world.human.verify()).findings.map(({ problem }) => problem).join(),
      /counter forgotten\/events/,
    );
    await work(world, "new", 60);
    assert.equal((await world.human.verify()).ok, true);
  }
});
