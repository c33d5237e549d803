// Checking out: not while asleep, and a claim that Paperclip does not follow is given back.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Decision } from "../../src/core/index.ts";
import { IdleEnforcementError } from "../../src/paperclip/index.ts";
import { bench } from "../support/kernels.ts";
import { adapterAt, ADMISSION, dropped, json, raw, scripted } from "./scripted-server.ts";
import type { Reply } from "./scripted-server.ts";

const ISSUE = "/api/issues/i-1";
const TODO = json(200, { id: "i-1", status: "todo", title: "t" });
const WORKING = json(200, { id: "i-1", status: "in_progress", title: "t" });

function asleep(check: (decision: Decision | null) => boolean): (error: unknown) => boolean {
  return (error) => error instanceof IdleEnforcementError && check(error.decision);
}

test("asleep an agent checks nothing out, however it asks, and nothing is sent until it is awake", async () => {
  const server = await scripted();
  server.on(`POST ${ISSUE}/checkout`, WORKING);
  const { adapter, clock } = adapterAt(server.url, { idleTimeoutSeconds: 600 });
  void adapter.sleep();
  const refused = asleep((decision) => decision === null);
  await assert.rejects(adapter.checkout("i-1"), refused);
  await assert.rejects(adapter.checkout("i-1"), /asleep for 600 s more: issue i-1 is not checked out/);
  await assert.rejects(adapter.transitionTask("i-1", "todo", "in_progress", { comment: "mine" }), refused);
  assert.deepEqual(server.asked, []);
  clock.now += 600_000;
  assert.equal((await adapter.checkout("i-1")).status, "in_progress");
  await adapter.sleep();
  await adapter.wake();
  assert.equal((await adapter.checkout("i-1")).status, "in_progress");
});

test("with a kernel a sleeper checks nothing out from any process, and nothing is sent", async () => {
  const [server, work] = await Promise.all([scripted(), bench()]);
  server.on(`GET ${ISSUE}`, TODO);
  server.on(`POST ${ISSUE}/checkout`, WORKING);
  const kernel = work.human;
  const { adapter } = adapterAt(server.url, { kernel, idleTimeoutSeconds: 600 });
  void adapter.sleep();
  const refused = asleep((decision) => decision?.code === "agent.asleep");
  const other = adapterAt(server.url, { kernel }).adapter;
  for (const one of [adapter, other]) {
    await assert.rejects(one.checkout("i-1"), refused);
    await assert.rejects(one.transitionTask("i-1", "todo", "in_progress"), refused);
    await assert.rejects(one.createTask("Import", "x", ADMISSION, { parentId: "i-1" }), refused);
    assert.equal(one.isIdle, true);
  }
  assert.deepEqual(server.asked, []);
  await work.human.submit({ type: "wake_agent", body: { agent: "ag" } });
  assert.equal((await adapter.checkout("i-1")).status, "in_progress");
  assert.equal(adapter.isIdle, false);
});

const conflict = (details: object): Reply => json(409, { error: "Issue checkout conflict", details });
const OTHERS = conflict({ status: "in_progress", assigneeAgentId: "other", checkoutRunId: "r-9" });
const OTHER_RUN = conflict({ status: "in_progress", assigneeAgentId: "ag", checkoutRunId: "r-9" });
const PAUSED = json(409, { error: "Project is paused" });
const DONE = conflict({ status: "done", assigneeAgentId: null });

/** Held before: by a process of this agent that ended between the claim and the checkout, or that works on it now. */
const ANSWERS: readonly (readonly [what: string, reply: Reply, keepsNew: boolean, keepsOld: boolean])[] = [
  ["another agent has it", OTHERS, false, false],
  ["it ended meanwhile", DONE, false, false],
  ["another run of this agent has it", OTHER_RUN, false, true],
  ["its project pauses", PAUSED, false, true],
  ["the key is not known", json(401, { error: "who?" }), false, true],
  ["it is not to be had from this agent", json(403, { error: "no" }), false, true],
  ["nothing is answered", dropped, true, true],
  ["the server fails", json(500, {}), true, true],
  ["a page is answered, and nobody knows whether it was done", raw(200, "text/html", "<html>"), true, true],
];

for (const [what, reply, keepsNew, keepsOld] of ANSWERS) {
  test(`the claim goes with the issue where ${what}`, async () => {
    for (const isOld of [false, true]) {
      const [server, work] = await Promise.all([scripted(), bench()]);
      server.on(`GET ${ISSUE}`, TODO);
      server.on(`POST ${ISSUE}/checkout`, reply);
      await work.human.submit({ type: "create_task", body: { task: "i-1", title: "t" } });
      if (isOld) await work.agent("ag").submit({ type: "claim_task", body: { task: "i-1" } });
      await assert.rejects(adapterAt(server.url, { kernel: work.human, attemptsMax: 2 }).adapter.checkout("i-1"));
      const holder = (await work.human.task("i-1"))?.task.holder ?? null;
      assert.equal(holder, (isOld ? keepsOld : keepsNew) ? "agent:ag" : null, isOld ? "held before" : "claimed now");
    }
  });
}
