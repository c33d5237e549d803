import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_ONE_POLICY } from "../../src/core/index.ts";
import type { Event } from "../../src/core/index.ts";
import { checkClaims } from "./claim-check.ts";
import { bench } from "./kernels.ts";
import { logOf, missingAnswers } from "./lives.ts";

const MINUTE_MS = 60_000;

/** T-1 is claimed by a-1 and worked on, lost, claimed by a-2 and given back. */
async function log(): Promise<readonly Event[]> {
  const { human, agent, clock } = await bench();
  await human.submit({ type: "create_task", body: { title: "task" } });
  await agent("a-1").submit({ type: "claim_task", body: { task: "T-1" } });
  await agent("a-1").submit({ type: "record_step", body: { task: "T-1" }, fence: 1 });
  clock.now += DAY_ONE_POLICY.lease.ttlMs + MINUTE_MS;
  await agent("a-2").submit({ type: "claim_task", body: { task: "T-1" } });
  await agent("a-2").submit({ type: "release_task", body: { task: "T-1" } });
  return await logOf(human);
}

/** The log with each event changed, or left out where nothing comes back. */
function doctored(events: readonly Event[], change: (event: Event) => readonly Event[]): readonly string[] {
  return checkClaims(events.flatMap(change)).faults.map((fault) => fault.replace(/^\d+: /, ""));
}

test("a log of the kernel has no fault", async () => {
  assert.deepEqual(checkClaims(await log()), { faults: [], claims: 2, lost: 1 });
});

test("a claim of what another holds is seen", async () => {
  const unlost = doctored(await log(), (event) =>
    event.type === "task_moved" && event.body.via === "lost" ? [] : [event],
  );
  assert.deepEqual(unlost, ["T-1 was claimed while agent:a-1 held it"]);
});

test("a fence that does not go up is seen", async () => {
  const reused = doctored(await log(), (event) =>
    event.type === "task_moved" && event.body.fence === 2 ? [{ ...event, body: { ...event.body, fence: 1 } }] : [event],
  );
  assert.deepEqual(reused, ["T-1's fence went from 1 to 1"]);
});

test("a lease that is lost before its time is seen", async () => {
  const early = doctored(await log(), (event) => [{ ...event, at: Math.min(event.at, 1_700_000_000_000 + MINUTE_MS) }]);
  assert.deepEqual(early, ["T-1 was lost before its time"]);
});

test("work by another, under another fence, or too late is seen", async () => {
  const events = await log();
  const faults = (change: Partial<Pick<Event, "actor" | "fence" | "at">>): readonly string[] =>
    doctored(events, (event) => (event.type === "step_recorded" ? [{ ...event, ...change }] : [event]));
  assert.deepEqual(faults({ actor: "a-2" }), ["T-1 was written to by a-2, holder is agent:a-1"]);
  assert.deepEqual(faults({ fence: 7 }), ["T-1 was written to under fence 7"]);
  const later = 1_700_000_000_000 + DAY_ONE_POLICY.lease.ttlMs;
  assert.deepEqual(faults({ at: later }), ["T-1 was written to when its lease was over"]);
});

test("an answer that the log does not have is seen", async () => {
  const events = await log();
  const [, second] = events;
  assert.ok(second);
  const answer = { verdict: "granted", code: "task.created", commandId: second.commandId, result: null };
  assert.deepEqual(missingAnswers(events, [{ ...answer, id: "d-2" }]), []);
  assert.deepEqual(missingAnswers(events, [{ ...answer, id: "d-3" }]), ["d-3 is missing or another's"]);
  assert.deepEqual(missingAnswers(events.slice(0, 1), [{ ...answer, id: "d-2" }]), ["d-2 is missing or another's"]);
  assert.deepEqual(missingAnswers(events, [{ ...answer, id: null }]), [
    `${second.commandId} was granted without an event`,
  ]);
});
