// One whole run of the demo with real processes, its numbers recounted from the log that it left.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { createKernel } from "../../src/kernel/index.ts";
import type { LoggedEvent } from "../../src/kernel/index.ts";
import { openSqliteStore } from "../../src/store/index.ts";
import { DemoPlace } from "./run-demo-process.ts";
import type { DemoRun } from "./run-demo-process.ts";

const SEED = process.env["SEED"] ?? "42";

type Row = {
  readonly number: number;
  readonly with: { readonly count: number };
  readonly without: { readonly count: number };
};
type Report = { readonly ok: boolean; readonly seed: number; readonly rows: readonly Row[]; readonly store: string };

function isReport(value: unknown): value is Report {
  return typeof value === "object" && value !== null && "ok" in value && "rows" in value && Array.isArray(value.rows);
}

let place: DemoPlace;
let run: DemoRun;
let report: Report;
let events: readonly LoggedEvent[];

before(async () => {
  place = await DemoPlace.make();
  run = await place.run({ args: [SEED], env: { DEMO_JSON: "1", DEMO_KEEP: "1" } });
  assert.equal(run.status, 0, `SEED=${SEED}\n${run.stdout}${run.stderr}`);
  const parsed: unknown = JSON.parse(run.stdout);
  assert.ok(isReport(parsed));
  report = parsed;
  events = await readLog(report.store);
});

after(() => place.remove());

async function readLog(path: string): Promise<readonly LoggedEvent[]> {
  const store = await openSqliteStore({ path });
  const newCommandId = (): string => "none";
  const readPolicy = (): string => "none is read";
  const kernel = createKernel({
    store,
    workspace: "demo",
    actor: null,
    clock: Date.now,
    newCommandId,
    digestKey: "",
    readPolicy,
  });
  try {
    return await kernel.events(0, 100_000);
  } finally {
    await store.close();
  }
}

function rowOf(number: number): Row {
  const row = report.rows.find((one) => one.number === number);
  assert.ok(row, `row ${number} is missing`);
  return row;
}

function countOf(pick: (logged: LoggedEvent["event"]) => boolean): number {
  return events.filter(({ event }) => pick(event)).length;
}

test("the demo holds all eight rows and leaves only its one folder", () => {
  assert.equal(report.ok, true);
  assert.deepEqual(
    report.rows.map(({ number }) => number),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
  assert.deepEqual(
    place.leftovers().map((path) => join(path, "store.db")),
    [report.store],
  );
});

test("the log has six tasks of the agent that spawns itself, and 512 without the kernel", () => {
  assert.equal(
    countOf(({ type, actor }) => type === "task_created" && actor === "a-1"),
    6,
  );
  assert.equal(rowOf(1).with.count, 6);
  assert.equal(rowOf(1).without.count, 512);
});

test("the log has no move of the agent that skips states", () => {
  assert.equal(
    countOf(({ type, actor }) => type === "task_moved" && actor === "a-4"),
    0,
  );
  assert.equal(
    countOf(({ type, actor }) => type === "command_refused" && actor === "a-4"),
    1,
  );
});

test("the log has three hand-offs, then refusals; without the kernel 400", () => {
  const agents = ["a-2", "a-20"];
  assert.equal(
    countOf(({ type, actor }) => type === "task_assigned" && agents.includes(actor)),
    3,
  );
  assert.equal(
    countOf(({ actor, decision }) => agents.includes(actor) && decision?.code === "lineage.ping_pong"),
    3,
  );
  assert.equal(rowOf(2).with.count, 3);
  assert.equal(rowOf(2).without.count, 400);
});

test("after no event of the log have 30 spenders used and reserved more than $10.00, and at its end just that", () => {
  const limit = 10_000_000;
  const taken = { used: 0, held: 0 };
  for (const { event } of events) {
    if (!/^a-5\d$/.test(event.actor)) continue;
    if (event.type === "step_reserved") taken.held += event.body.amounts["costMicros"] ?? 0;
    if (event.type === "step_settled") {
      taken.held -= event.body.reserved["costMicros"] ?? 0;
      taken.used += event.body.amounts["costMicros"] ?? 0;
    }
    assert.ok(taken.used + taken.held <= limit, `${taken.used} + ${taken.held} at ${event.sequence}`);
  }
  assert.deepEqual(taken, { used: limit, held: 0 });
  assert.equal(rowOf(5).with.count, limit);
  assert.ok(rowOf(5).without.count > limit);
});

test("ten agents pay from the one budget", () => {
  const spenders = new Set(events.map(({ event }) => event.actor).filter((actor) => /^a-5\d$/.test(actor)));
  assert.equal(spenders.size, 10);
});

test("the log has the sleep of the idle agent, its refusals, and no task of it", () => {
  assert.equal(
    countOf(({ type, actor }) => type === "agent_slept" && actor === "a-6"),
    1,
  );
  assert.equal(
    countOf(({ type, actor }) => type === "task_created" && actor === "a-6"),
    0,
  );
  assert.equal(
    countOf(({ type, actor }) => type === "command_refused" && actor === "a-6"),
    rowOf(6).without.count,
  );
});

test("the log has the honest agent's 120 steps and not one finding against it", () => {
  const found = events.filter(({ event: { actor, decision } }) => actor === "a-7" && decision?.verdict === "refused");
  assert.equal(
    countOf(({ type, actor }) => type === "step_recorded" && actor === "a-7"),
    120,
  );
  assert.deepEqual(found, []);
});

test("the log has decisions of all eight writers that were killed", () => {
  const writers = new Set(events.map(({ event }) => event.actor).filter((actor) => /^a-8\d$/.test(actor)));
  assert.equal(writers.size, 8);
});
