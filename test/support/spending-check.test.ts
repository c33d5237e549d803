import assert from "node:assert/strict";
import { test } from "node:test";
import type { Event } from "../../src/core/index.ts";
import { bench } from "./kernels.ts";
import { logOf } from "./lives.ts";
import { checkSpending } from "./spending-check.ts";

const HARD = { task: { costMicros: 100 } };

/** On T-1 one step of 60 is settled at 50, one of 40 cancelled, one of 30 left open, and 20 are recorded. */
async function log(): Promise<readonly Event[]> {
  const { human, agent } = await bench();
  await human.submit({ type: "create_task", body: { title: "task" } });
  const one = agent("a-1");
  await one.submit({ type: "claim_task", body: { task: "T-1" } });
  const reserve = async (costMicros: number): Promise<string> => {
    const { decision } = await one.submit({ type: "reserve_step", body: { task: "T-1", costMicros } });
    return String(decision.result?.["reservation"]);
  };
  const first = await reserve(60);
  const second = await reserve(40);
  await one.submit({ type: "settle_step", body: { reservation: first, costMicros: 50 } });
  await one.submit({ type: "cancel_step", body: { reservation: second } });
  await reserve(30);
  await one.submit({ type: "record_step", body: { task: "T-1", costMicros: 20 } });
  return await logOf(human);
}

function faultsOf(events: readonly Event[]): readonly string[] {
  return checkSpending(events, HARD).faults.map((fault) => fault.replace(/^\d+: /, "").replaceAll(/r-\d+/g, "r"));
}

test("a log of the kernel is recounted, with what is open and how often it was just full", async () => {
  const { faults, open, taken, full } = checkSpending(await log(), HARD);
  assert.deepEqual([faults, open.length, full], [[], 1, 2]);
  assert.deepEqual(taken.get("task/T-1 costMicros"), { used: 70, held: 30 });
  assert.deepEqual(taken.get("workspace steps"), { used: 2, held: 1 });
});

test("one unit over a limit is seen at the event that passes it", async () => {
  const events = (await log()).map((event) =>
    event.type === "step_reserved" && event.body.amounts["costMicros"] === 40
      ? { ...event, body: { ...event.body, amounts: { costMicros: 41 } } }
      : event,
  );
  assert.deepEqual(faultsOf(events), ["task/T-1 costMicros: 0 used and 101 held, limit 100", "r held something else"]);
});

test("a reservation that is closed twice is seen", async () => {
  const twice = (await log()).flatMap((event): readonly Event[] =>
    event.type === "step_settled" ? [event, event] : [event],
  );
  assert.deepEqual(faultsOf(twice), ["r was closed twice, or never made"]);
});

test("a reservation that nobody closed stays open, and holds", async () => {
  const events = (await log()).filter(({ type }) => type !== "step_cancelled" && type !== "step_recorded");
  const { open, taken } = checkSpending(events, HARD);
  assert.equal(open.length, 2);
  assert.deepEqual(taken.get("task/T-1 costMicros"), { used: 50, held: 70 });
});

test("a correction of what was never presumed spent is seen", async () => {
  const events = (await log()).map((event) =>
    event.type === "step_settled" ? { ...event, body: { ...event.body, late: true } } : event,
  );
  assert.ok(faultsOf(events).includes("r was not presumed spent"));
});
