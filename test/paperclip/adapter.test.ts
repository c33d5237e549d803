// The adapter alone, without a kernel: what it sends, what it does not send, and writes whose answer was lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  IdleEnforcementError,
  InvalidTransitionError,
  PaperclipConflictError,
  PaperclipError,
  TaskAdmissionError,
} from "../../src/paperclip/index.ts";
import type { PaperclipAdapter } from "../../src/paperclip/index.ts";
import { adapterAt, ADMISSION, dropped, json, KEY, scripted } from "./scripted-server.ts";

const ISSUE = "/api/issues/i-1";

test("a checkout asks for the states of the table that lead to in_progress, and for no other", async () => {
  const server = await scripted();
  server.on(`POST ${ISSUE}/checkout`, json(200, { id: "i-1", status: "in_progress" }));
  await adapterAt(server.url).adapter.checkout("i-1");
  const [asked] = server.asked;
  assert.deepEqual(asked?.body, { agentId: "ag", expectedStatuses: ["todo", "in_review", "blocked"] });
  assert.equal(asked?.headers.authorization, `Bearer ${KEY}`);
  assert.equal(asked?.headers["x-paperclip-run-id"], "r-1");
});

test("an illegal move, an incomplete admission and a sleeper's task send nothing", async () => {
  const server = await scripted();
  const { adapter } = adapterAt(server.url);
  await assert.rejects(adapter.transitionTask("i-1", "todo", "done"), InvalidTransitionError);
  await assert.rejects(adapter.transitionTask("i-1", "backlog", "in_progress"), InvalidTransitionError);
  await adapter.sleep();
  await assert.rejects(adapter.createTask("t", "docs", { ...ADMISSION, consumer: "tbd" }), TaskAdmissionError);
  await assert.rejects(adapter.createTask("t", "docs", ADMISSION), IdleEnforcementError);
  assert.deepEqual(server.asked, []);
});

test("a sleep is on at once, ends when woken, and ends by itself when its time is over", async () => {
  const { adapter, clock } = adapterAt("http://127.0.0.1:9");
  assert.equal(adapter.isIdle, false);
  const slept = adapter.sleep();
  assert.equal(adapter.isIdle, true);
  assert.deepEqual(await slept, { status: "idle", agentId: "ag", reason: "no_tasks", sleepSeconds: 30 });
  assert.deepEqual(await adapter.wake(), { status: "active", agentId: "ag" });
  assert.equal(adapter.isIdle, false);
  await adapter.sleep();
  clock.now += 29_999;
  assert.equal(adapter.isIdle, true);
  clock.now += 1;
  assert.equal(adapter.isIdle, false);
});

test("a new task carries its admission, its kind and a key that stays the same for the same command", async () => {
  const server = await scripted();
  server.on("POST /api/companies/co/issues", dropped, json(201, { id: "i-2", status: "todo" }));
  const { adapter } = adapterAt(server.url);
  const options = { parentId: "i-1", goalId: "g-1", description: "faster", commandId: "c-1" };
  await adapter.createTask("Import", "performance", ADMISSION, options);
  assert.deepEqual(server.asked[0]?.body, server.asked[1]?.body);
  assert.deepEqual(server.asked[1]?.body, {
    title: "Import",
    description: `faster\n
### Admission\n
- Kind: performance
- Consumer: the nightly import
- Pain point: it misses its window
- Expected value: done in ten minutes
- How it is validated: three nights of its own timing`,
    status: "todo",
    assigneeAgentId: "ag",
    parentId: "i-1",
    goalId: "g-1",
    idempotencyKey: "c-1",
    allowDuplicate: false,
  });
});

test("a move is sent only from where the issue stands", async () => {
  const server = await scripted();
  server.on(`GET ${ISSUE}`, json(200, { id: "i-1", status: "todo" }));
  await assert.rejects(
    adapterAt(server.url).adapter.transitionTask("i-1", "in_progress", "done"),
    (error) => error instanceof PaperclipConflictError && error.kind === "state_changed" && error.status === "todo",
  );
  assert.deepEqual(server.routes(), [`GET ${ISSUE}`]);
});

test("a move whose answer was lost is looked up, and not sent again where it was done", async () => {
  const server = await scripted();
  const [before, now] = ["in_progress", "done"].map((status) => json(200, { id: "i-1", status }));
  server.on(`GET ${ISSUE}`, before ?? dropped, now ?? dropped);
  server.on(`PATCH ${ISSUE}`, dropped);
  const moved = await adapterAt(server.url).adapter.transitionTask("i-1", "in_progress", "done");
  assert.equal(moved.status, "done");
  assert.deepEqual(server.routes(), [`GET ${ISSUE}`, `PATCH ${ISSUE}`, `GET ${ISSUE}`]);
});

test("a move whose answer was lost is sent again where it was not done, and never over another's move", async () => {
  const server = await scripted();
  const at = (status: string): ReturnType<typeof json> => json(200, { id: "i-1", status });
  server.on(`GET ${ISSUE}`, at("in_progress"));
  server.on(`PATCH ${ISSUE}`, dropped, at("done"));
  const { adapter } = adapterAt(server.url);
  assert.equal((await adapter.transitionTask("i-1", "in_progress", "done")).status, "done");
  server.on(`GET ${ISSUE}`, at("in_progress"), at("cancelled"));
  server.on(`PATCH ${ISSUE}`, dropped);
  await assert.rejects(
    adapter.transitionTask("i-1", "in_progress", "done"),
    (error) => error instanceof PaperclipConflictError && error.status === "cancelled",
  );
});

test("a comment whose answer was lost is written once, and the same words said before are not taken for it", async () => {
  const server = await scripted();
  const earlier = { id: "c-1", body: "half done", authorAgentId: "ag" };
  const ours = { ...earlier, id: "c-2" };
  server.on(`GET ${ISSUE}/comments`, json(200, [earlier]), json(200, [ours, earlier]));
  server.on(`POST ${ISSUE}/comments`, dropped);
  assert.equal((await adapterAt(server.url).adapter.addComment("i-1", "half done")).id, "c-2");
  server.on(`GET ${ISSUE}/comments`, json(200, [earlier]));
  server.on(`POST ${ISSUE}/comments`, dropped, json(201, { id: "c-3" }));
  assert.equal((await adapterAt(server.url).adapter.addComment("i-1", "half done")).id, "c-3");
});

test("where nothing can be looked up, the error is that of the write", async () => {
  const server = await scripted();
  server.on(`GET ${ISSUE}`, json(200, { id: "i-1", status: "in_progress" }), dropped);
  server.on(`PATCH ${ISSUE}`, dropped);
  await assert.rejects(
    adapterAt(server.url).adapter.transitionTask("i-1", "in_progress", "done"),
    (error) => error instanceof PaperclipError && error.method === "PATCH",
  );
});

test("a review that nobody is asked for is asked of the board, once", async () => {
  const server = await scripted();
  server.on(`GET ${ISSUE}`, json(200, { id: "i-1", status: "in_progress", updatedAt: "t-1" }));
  server.on(`GET ${ISSUE}/comments`, json(200, []));
  server.on(`PATCH ${ISSUE}`, json(422, { error: "no review path" }), json(200, { id: "i-1", status: "in_review" }));
  server.on(`POST ${ISSUE}/interactions`, json(201, { id: "x-1" }));
  await adapterAt(server.url).adapter.transitionTask("i-1", "in_progress", "in_review", { comment: "look" });
  assert.deepEqual(server.asked.find(({ path }) => path.endsWith("/interactions"))?.body, {
    kind: "request_confirmation",
    idempotencyKey: "i-1:in_review:t-1",
    payload: { version: 1, prompt: "look" },
  });
});

test("an id in a path cannot lead elsewhere", async () => {
  const server = await scripted();
  await assert.rejects(adapterAt(server.url).adapter.checkout("../companies/co?x="), PaperclipError);
  assert.deepEqual(server.routes(), ["POST /api/issues/..%2Fcompanies%2Fco%3Fx%3D/checkout"]);
});

const BAD_ARGUMENTS: readonly (readonly [act: (adapter: PaperclipAdapter) => Promise<unknown>, says: RegExp])[] = [
  [(one) => one.checkout(".."), /^RangeError: issueId is \.\., which is a path and no id$/],
  [(one) => one.addComment(".", "x"), /^RangeError: issueId is \., which/],
  [(one) => one.transitionTask("..", "in_progress", "done"), /^RangeError: issueId is \.\./],
  [(one) => one.checkout("\ud800"), /^RangeError: issueId has a lone surrogate/],
  [(one) => one.addComment("i-1", "a\0b"), /^RangeError: body has a NUL byte: remove it$/],
  [(one) => one.transitionTask("i-1", "in_progress", "done", { comment: "\0" }), /^RangeError: comment has a NUL/],
  [(one) => one.createTask("t", "docs", ADMISSION, { parentId: ".." }), /^RangeError: parentId is \.\./],
  [(one) => one.createTask("t", "docs", ADMISSION, { parentId: "" }), /^RangeError: parentId is empty$/],
  [(one) => one.createTask("t", "docs", ADMISSION, { description: "\0" }), /^RangeError: description, .* has a NUL/],
  [(one) => one.createTask("t", "docs", { ...ADMISSION, consumer: "a\0b" }), /^RangeError: description, with its adm/],
];

test("an id that leads elsewhere and a text that no database takes are refused by name, and nothing is sent", async () => {
  const server = await scripted();
  for (const [act, says] of BAD_ARGUMENTS) await assert.rejects(act(adapterAt(server.url).adapter), says);
  assert.deepEqual(server.asked, []);
});

test("a long question to the board is cut between two signs, not inside one", async () => {
  const server = await scripted();
  server.on(`GET ${ISSUE}`, json(200, { id: "i-1", status: "in_progress", updatedAt: "t-1" }));
  server.on(`GET ${ISSUE}/comments`, json(200, []));
  server.on(`PATCH ${ISSUE}`, json(422, { error: "no review path" }), json(200, { id: "i-1", status: "in_review" }));
  server.on(`POST ${ISSUE}/interactions`, json(201, { id: "x-1" }));
  const comment = `a${"\u{1f600}".repeat(700)}`;
  await adapterAt(server.url).adapter.transitionTask("i-1", "in_progress", "in_review", { comment });
  const asked = server.asked.find(({ path }) => path.endsWith("/interactions"))?.body;
  const prompt = `a${"\u{1f600}".repeat(499)}…`;
  assert.deepEqual(asked, {
    kind: "request_confirmation",
    idempotencyKey: "i-1:in_review:t-1",
    payload: { version: 1, prompt },
  });
  assert.ok(prompt.length <= 1_000);
});
