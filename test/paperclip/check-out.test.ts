// Checking out: not while asleep, and a claim that Paperclip does not follow is given back.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Decision } from "../../src/core/index.ts";
import { IdleEnforcementError } from "../../src/paperclip/index.ts";
import { bench } from "../support/kernels.ts";
import { adapterAt, ADMISSION, json, scripted } from "./scripted-server.ts";

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
