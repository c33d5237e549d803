// The adapter with a kernel: the kernel decides first, and Paperclip hears only of what was granted.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  IdleEnforcementError,
  KernelRefusalError,
  PaperclipError,
  TaskAdmissionError,
} from "../../src/paperclip/index.ts";
import { bench } from "../support/kernels.ts";
import type { Bench } from "../support/kernels.ts";
import { adapterAt, ADMISSION, dropped, json, scripted } from "./scripted-server.ts";
import type { Scripted } from "./scripted-server.ts";

const CREATE = "POST /api/companies/co/issues";

async function both(): Promise<{ readonly server: Scripted; readonly work: Bench }> {
  const [server, work] = await Promise.all([scripted(), bench()]);
  server.on(CREATE, json(201, { id: "i-1", status: "todo" }));
  return { server, work };
}

const state = async ({ human }: Bench, task: string): Promise<string | undefined> =>
  (await human.task(task))?.task.state;

test("a created task stands in the kernel under an id that its issue names", async () => {
  const { server, work } = await both();
  const { adapter } = adapterAt(server.url, { kernel: work.human });
  await adapter.createTask("Import", "performance", ADMISSION, { commandId: "c-x" });
  const task = await work.human.task("paperclip-c-x");
  assert.equal(task?.task.author, "agent:ag");
  assert.equal(task?.task.assignee, "agent:ag");
  assert.match(JSON.stringify(server.asked[0]?.body), /exec-kernel task: paperclip-c-x"/);
  const codes = (await work.human.events(0, 10)).flatMap(({ event }) => event.decision?.wouldHave ?? []);
  assert.ok(!codes.some(({ code }) => code === "lineage.admission_incomplete"), "the kernel was told what it is for");
});

test("a refusal of the kernel carries its decision, and Paperclip hears nothing", async () => {
  const { server, work } = await both();
  await work.human.submit({ type: "create_task", body: { title: "Import", kind: "performance" } });
  const { adapter } = adapterAt(server.url, { kernel: work.human });
  await assert.rejects(
    adapter.createTask("Import", "performance", { ...ADMISSION, consumer: "-" }),
    TaskAdmissionError,
  );
  await assert.rejects(
    adapter.createTask("Import", "performance", ADMISSION),
    (error) => error instanceof KernelRefusalError && error.decision.code === "lineage.duplicate_open",
  );
  assert.deepEqual(server.asked, []);
});

test("a sleep holds for every adapter on the kernel, and only others end it", async () => {
  const { server, work } = await both();
  const kernel = work.human;
  const { adapter } = adapterAt(server.url, { kernel, idleTimeoutSeconds: 600 });
  void adapter.sleep();
  await assert.rejects(adapter.createTask("Import", "performance", ADMISSION), IdleEnforcementError);
  const other = adapterAt(server.url, { kernel }).adapter;
  assert.equal(other.isIdle, false);
  await assert.rejects(
    other.createTask("Import", "performance", ADMISSION),
    (error) => error instanceof IdleEnforcementError && error.decision?.code === "agent.asleep",
  );
  assert.equal(other.isIdle, true);
  await assert.rejects(
    adapter.wake(),
    (error) => error instanceof IdleEnforcementError && error.decision?.code === "actor.not_allowed",
  );
  assert.equal(adapter.isIdle, true);
  assert.deepEqual(server.asked, []);
  await work.human.submit({ type: "wake_agent", body: { agent: "ag" } });
  await adapter.createTask("Import", "performance", ADMISSION);
  assert.equal(adapter.isIdle, false);
});

test("a crash between the two halves is mended by the same command, or by the same work asked for again", async () => {
  const { server, work } = await both();
  const { adapter } = adapterAt(server.url, { kernel: work.human, attemptsMax: 1 });
  const issue = json(201, { id: "i-1", status: "todo" });
  server.on(CREATE, dropped, issue, dropped, issue, json(200, { id: "i-1", status: "todo", deduplicated: true }));
  await assert.rejects(adapter.createTask("Import", "x-1", ADMISSION, { commandId: "c-1" }), PaperclipError);
  assert.equal((await adapter.createTask("Import", "x-1", ADMISSION, { commandId: "c-1" })).id, "i-1");
  await assert.rejects(adapter.createTask("Export", "x-1", ADMISSION), PaperclipError);
  assert.equal((await adapter.createTask("Export", "x-1", ADMISSION)).id, "i-1");
  assert.deepEqual(server.asked[3]?.body, server.asked[2]?.body);
  await assert.rejects(
    adapter.createTask("Export", "x-1", ADMISSION),
    (error) => error instanceof KernelRefusalError && error.existingIssueId === "i-1",
  );
});

test("an issue that a human wrote on the board is told to the kernel with all above it, then claimed", async () => {
  const { server, work } = await both();
  server.on("GET /api/issues/i-1", json(200, { id: "i-1", status: "todo", title: "child", parentId: "i-0" }));
  server.on("GET /api/issues/i-0", json(200, { id: "i-0", status: "in_progress", title: "root" }));
  server.on("POST /api/issues/i-1/checkout", json(200, { id: "i-1", status: "in_progress" }));
  await adapterAt(server.url, { kernel: work.human }).adapter.checkout("i-1");
  const task = (await work.human.task("i-1"))?.task;
  assert.deepEqual([task?.holder, task?.author, task?.parent], ["agent:ag", "human:ada", "i-0"]);
});

test("an issue that a sleeper made past the kernel is not taken up", async () => {
  const { server, work } = await both();
  await work.human.submit({ type: "sleep_agent", body: { agent: "sly", timeoutMs: 600_000 } });
  server.on(
    "GET /api/issues/i-1",
    json(200, { id: "i-1", status: "todo", title: "busywork", createdByAgentId: "sly" }),
  );
  await assert.rejects(adapterAt(server.url, { kernel: work.human }).adapter.checkout("i-1"), IdleEnforcementError);
  assert.deepEqual(server.routes(), ["GET /api/issues/i-1"]);
});

test("an issue that hangs below itself is no endless walk", async () => {
  const { server, work } = await both();
  server.on("GET /api/issues/i-1", json(200, { id: "i-1", status: "todo", title: "t", parentId: "i-0" }));
  server.on("GET /api/issues/i-0", json(200, { id: "i-0", status: "todo", title: "t", parentId: "i-1" }));
  await assert.rejects(adapterAt(server.url, { kernel: work.human }).adapter.checkout("i-1"), /it hangs below itself/);
});

test("a claim whose issue another has in Paperclip is given back", async () => {
  const { server, work } = await both();
  server.on("GET /api/issues/i-1", json(200, { id: "i-1", status: "todo", title: "t" }));
  const details = { status: "in_progress", assigneeAgentId: "other" };
  server.on("POST /api/issues/i-1/checkout", json(409, { error: "conflict", details }));
  await assert.rejects(adapterAt(server.url, { kernel: work.human }).adapter.checkout("i-1"), /belongs to agent other/);
  assert.equal(await state(work, "i-1"), "todo");
});

test("a move is judged by the kernel first, and one whose other half was lost goes through again", async () => {
  const { server, work } = await both();
  const at = (status: string): ReturnType<typeof json> => json(200, { id: "i-1", status, title: "t" });
  server.on("GET /api/issues/i-1", at("todo"));
  server.on("POST /api/issues/i-1/checkout", at("in_progress"));
  const { adapter } = adapterAt(server.url, { kernel: work.human, attemptsMax: 1 });
  await adapter.checkout("i-1");
  server.on("GET /api/issues/i-1", at("in_progress"));
  server.on("PATCH /api/issues/i-1", dropped, at("done"));
  await assert.rejects(adapter.transitionTask("i-1", "in_progress", "done"), PaperclipError);
  assert.equal(await state(work, "i-1"), "done");
  assert.equal((await adapter.transitionTask("i-1", "in_progress", "done")).status, "done");
});

test("work that outlasts its lease is claimed again before it is moved, unless another took it", async () => {
  for (const other of [false, true]) {
    const { server, work } = await both();
    const at = (status: string): ReturnType<typeof json> => json(200, { id: "i-1", status, title: "t" });
    server.on("GET /api/issues/i-1", at("todo"));
    server.on("POST /api/issues/i-1/checkout", at("in_progress"));
    const { adapter } = adapterAt(server.url, { kernel: work.human });
    await adapter.checkout("i-1");
    work.clock.now += 3_600_000;
    if (other) await work.agent("a-2").submit({ type: "claim_task", body: { task: "i-1" } });
    server.on("GET /api/issues/i-1", at("in_progress"));
    server.on("PATCH /api/issues/i-1", at("done"));
    const moved = adapter.transitionTask("i-1", "in_progress", "done");
    if (other) await assert.rejects(moved, /lease\.fence_stale/);
    else assert.equal((await moved).status, "done");
    assert.equal(await state(work, "i-1"), other ? "in_progress" : "done");
  }
});

test("an adapter never acts with a human's hand", async () => {
  const { server, work } = await both();
  await adapterAt(server.url, { kernel: work.human }).adapter.sleep();
  const [event] = (await work.human.events(0, 10)).slice(-1);
  assert.equal(event?.event.actor, "ag");
  assert.throws(() => adapterAt(server.url, { kernel: work.human, agentId: "" }), /needs agentId/);
});

test("a comment of any length and with any sign goes with a move; the kernel keeps its beginning as the reason", async () => {
  const { server, work } = await both();
  const at = (status: string): ReturnType<typeof json> => json(200, { id: "i-1", status, title: "t" });
  server.on("GET /api/issues/i-1", at("todo"));
  server.on("POST /api/issues/i-1/checkout", at("in_progress"));
  server.on("GET /api/issues/i-1/comments", json(200, []));
  server.on("PATCH /api/issues/i-1", at("done"));
  const { adapter } = adapterAt(server.url, { kernel: work.human });
  await adapter.checkout("i-1");
  server.on("GET /api/issues/i-1", at("in_progress"));
  const comment = `\u001b[1mall ${"tests\n".repeat(1_000)}`;
  await adapter.transitionTask("i-1", "in_progress", "done", { comment });
  assert.equal(await state(work, "i-1"), "done");
  assert.deepEqual(server.asked.at(-1)?.body, { status: "done", comment });
});

test("a creation that Paperclip refuses is made good by the same work asked for again, for another agent", async () => {
  const { server, work } = await both();
  const created = json(201, { id: "i-1", status: "todo" });
  server.on(CREATE, json(409, { error: "Cannot assign work to a paused agent." }), created);
  const { adapter } = adapterAt(server.url, { kernel: work.human });
  await assert.rejects(
    adapter.createTask("Import", "x-1", ADMISSION, { assigneeAgentId: "paused" }),
    (error) => error instanceof PaperclipError && error.status === 409,
  );
  assert.equal((await adapter.createTask("Import", "x-1", ADMISSION, { assigneeAgentId: "bob" })).id, "i-1");
  const tasks = await work.human.tasks({});
  assert.equal(tasks.length, 1);
  const description = `exec-kernel task: ${tasks[0]?.id}`;
  server.on("GET /api/issues/i-1", json(200, { id: "i-1", status: "todo", title: "Import", description }));
  server.on("POST /api/issues/i-1/checkout", json(200, { id: "i-1", status: "in_progress" }));
  const bob = adapterAt(server.url, { kernel: work.human, agentId: "bob" }).adapter;
  assert.equal((await bob.checkout("i-1")).status, "in_progress");
});
