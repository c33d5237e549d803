// What comes instead of an answer, each told apart, and never with the key in it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { PaperclipConflictError, PaperclipError } from "../../src/paperclip/index.ts";
import type { PaperclipErrorKind } from "../../src/paperclip/index.ts";
import { adapterAt, ADMISSION, dropped, halved, json, KEY, raw, scripted, silent } from "./scripted-server.ts";
import type { Reply } from "./scripted-server.ts";

const LARGE: Reply = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(`{"id": "${"x".repeat(9_000_000)}"}`);
};

/** What a proxy makes of an answer whose other half never came. */
const HALF = raw(200, "application/json", '{"id": "i-1", "status"');

const FAULTS: readonly (readonly [what: string, reply: Reply, kind: PaperclipErrorKind, says: RegExp, sent: number])[] =
  [
    ["a page in place of an answer", raw(200, "text/html", "<html>"), "not_json", /no JSON \(text\/html, 6 bytes\)/, 1],
    ["an empty answer", raw(200, "application/json", ""), "not_json", /no JSON/, 1],
    ["an answer that is no issue", json(200, { ok: true }), "not_an_issue", /no issue/, 1],
    ["an answer that is too large", LARGE, "too_large", /larger than 8388608 bytes/, 1],
    ["half an answer", halved, "broken_off", /broke off/, 3],
    ["half an answer that ends as a whole one", HALF, "broken_off", /broke off \(its JSON ends after 22 bytes\)/, 3],
    ["a connection that is cut", dropped, "unreachable", /does not answer/, 3],
    ["no answer in time", silent, "timeout", /no whole answer within 50 ms/, 3],
    ["a server that fails", json(503, { error: "starting" }), "server_error", /status 503, starting/, 3],
    [
      "a key that nobody knows",
      json(401, { error: `who is ${KEY}?` }),
      "unauthorized",
      /status 401, who is \*\*\*\?/,
      1,
    ],
    ["an act that is forbidden", json(403, { error: "not yours" }), "forbidden", /status 403, not yours/, 1],
    [
      "an issue that is not there",
      json(404, { error: "Issue not found" }),
      "not_found",
      /status 404, Issue not found/,
      1,
    ],
    ["a body that is refused", json(400, "no object"), "rejected", /status 400, without a reason/, 1],
    ["a cap without a time", json(429, { error: "cap of 20" }), "rate_limited", /status 429, cap of 20/, 1],
    ["an hour's pause", json(429, {}, { "retry-after": "3600" }), "rate_limited", /status 429/, 1],
  ];

for (const [what, reply, kind, says, sent] of FAULTS) {
  test(`${what} is told as ${kind}, with method and path and without the key`, async () => {
    const server = await scripted();
    server.on("GET /api/issues/i-1", reply);
    const { adapter } = adapterAt(server.url, { timeoutMs: kind === "timeout" ? 50 : 5_000, attemptsMax: 3 });
    await assert.rejects(adapter.transitionTask("i-1", "in_progress", "done"), (error) => {
      assert.ok(error instanceof PaperclipError, String(error));
      assert.equal(error.kind, kind);
      assert.match(error.message, /^GET \/api\/issues\/i-1: /);
      assert.match(error.message, says);
      assert.ok(!inspect(error, { depth: 9 }).includes(KEY));
      return true;
    });
    assert.equal(server.asked.length, sent);
  });
}

test("an error shows neither what was sent nor the key, wherever the server repeats it", async () => {
  const server = await scripted();
  const path = "/api/companies/co/issues";
  for (const reply of [
    json(307, {}, { location: "http://127.0.0.1:9/" }),
    raw(200, "text/html", "<html>"),
    json(400, { error: "no", details: { [KEY]: `Bearer ${KEY}` } }),
    json(400, { error: `\u001b[31m${KEY}\u0007` }),
  ]) {
    server.on(`POST ${path}`, reply);
    const options = { description: `my key is ${KEY}` };
    await assert.rejects(adapterAt(server.url).adapter.createTask("t", "docs", ADMISSION, options), (error) => {
      assert.ok(error instanceof PaperclipError);
      assert.ok(!inspect(error, { depth: 9 }).includes(KEY), inspect(error));
      assert.doesNotMatch(error.message, /\p{Cc}/u);
      return true;
    });
  }
});

test("an answer is read as it is, however short and common the key", async () => {
  const server = await scripted();
  const issue = { id: "deva-1", status: "in_progress", title: "develop it" };
  server.on("POST /api/issues/deva-1/checkout", json(200, issue));
  const { adapter } = adapterAt(server.url, { apiKey: "dev" });
  assert.deepEqual({ ...(await adapter.checkout("deva-1")) }, issue);
});

test("a server that is down is told with its address, for a write too", async () => {
  const { adapter, waits } = adapterAt("http://127.0.0.1:9");
  await assert.rejects(
    adapter.checkout("i-1"),
    (error) => error instanceof PaperclipError && /127\.0\.0\.1:9 does not answer/.test(error.message),
  );
  assert.ok(waits.length > 0);
});

test("no redirect is followed, and the key goes nowhere else", async () => {
  const [server, elsewhere] = await Promise.all([scripted(), scripted()]);
  const to = `${elsewhere.url}/api/issues/i-1/checkout?key=1`;
  server.on("POST /api/issues/i-1/checkout", json(307, {}, { location: to }));
  await assert.rejects(adapterAt(server.url).adapter.checkout("i-1"), (error) => {
    assert.ok(error instanceof PaperclipError);
    assert.equal(error.kind, "redirect");
    assert.ok(error.message.endsWith(`status 307, a redirect to ${elsewhere.url}, which is not followed`));
    return true;
  });
  assert.deepEqual(elsewhere.asked, []);
});

test("a pause that the server asks for is kept, and the request is sent again", async () => {
  const server = await scripted();
  const issue = json(200, { id: "i-1", status: "in_progress" });
  server.on("POST /api/issues/i-1/checkout", json(429, { error: "slow down" }, { "retry-after": "7" }), issue);
  server.on("GET /api/issues/i-1", json(200, { id: "i-1", status: "todo" }));
  const { adapter, waits } = adapterAt(server.url);
  assert.equal((await adapter.checkout("i-1")).status, "in_progress");
  assert.deepEqual(waits, [7_000]);
});

test("waits double with jitter, and attempts are bounded", async () => {
  const server = await scripted();
  server.on("GET /api/issues/i-1", json(500, {}));
  const { adapter, waits } = adapterAt(server.url, { attemptsMax: 4 });
  await assert.rejects(adapter.transitionTask("i-1", "todo", "blocked"), PaperclipError);
  assert.deepEqual(waits, [100, 200, 400]);
});

const owner = { status: "in_progress", assigneeAgentId: "other", checkoutRunId: "r-9" };

const CONFLICTS: readonly (readonly [what: string, body: unknown, kind: string, says: RegExp])[] = [
  ["another agent's issue", { error: "conflict", details: owner }, "owned", /belongs to agent other, in in_progress/],
  [
    "an issue of this agent's other run",
    { error: "conflict", details: { ...owner, assigneeAgentId: "ag" } },
    "owned",
    /held by another run of this agent, r-9/,
  ],
  [
    "an issue in another state",
    { error: "conflict", details: { status: "backlog" } },
    "state_changed",
    /it is in backlog/,
  ],
  [
    "an issue of another's run that Paperclip names by its execution",
    { error: "conflict", details: { ...owner, checkoutRunId: null, executionRunId: "r-8" } },
    "owned",
    /belongs to agent other/,
  ],
  [
    "a run of this agent that is over",
    { error: "Issue run ownership conflict", details: { ...owner, assigneeAgentId: "ag", checkoutRunId: null } },
    "busy",
    /cannot be changed now: Issue run ownership conflict/,
  ],
  ["a project that pauses", { error: "Project is paused" }, "busy", /cannot be changed now: Project is paused/],
];

for (const [what, body, kind, says] of CONFLICTS) {
  test(`a 409 for ${what} is told as ${kind}`, async () => {
    const server = await scripted();
    server.on("POST /api/issues/i-1/checkout", json(409, body));
    await assert.rejects(adapterAt(server.url).adapter.checkout("i-1"), (error) => {
      assert.ok(error instanceof PaperclipConflictError, String(error));
      assert.equal(error.kind, kind);
      assert.match(error.message, says);
      return true;
    });
    assert.equal(server.asked.length, 1);
  });
}

test("an issue that waits for others is told as busy, with Paperclip's reason", async () => {
  const server = await scripted();
  const details = { unresolvedBlockerIssueIds: ["i-7"] };
  server.on("POST /api/issues/i-1/checkout", json(422, { error: "Issue is blocked by unresolved blockers", details }));
  await assert.rejects(
    adapterAt(server.url).adapter.checkout("i-1"),
    (error) => error instanceof PaperclipConflictError && error.kind === "busy" && /unresolved/.test(error.message),
  );
});

test("a comment on an issue that another run holds is told as owned, and is not sent again", async () => {
  const server = await scripted();
  server.on("GET /api/issues/i-1/comments", json(200, []));
  const details = { ...owner, assigneeAgentId: "ag" };
  server.on("POST /api/issues/i-1/comments", json(409, { error: "Issue run ownership conflict", details }));
  await assert.rejects(
    adapterAt(server.url).adapter.addComment("i-1", "half done"),
    (error) => error instanceof PaperclipConflictError && error.kind === "owned" && error.ownerRunId === "r-9",
  );
  assert.equal(server.asked.length, 2);
});

test("a question to the board that another run's hold forbids is told as owned", async () => {
  const server = await scripted();
  server.on("GET /api/issues/i-1", json(200, { id: "i-1", status: "in_progress" }));
  server.on("PATCH /api/issues/i-1", json(422, { error: "no review path" }));
  const details = { ...owner, assigneeAgentId: "ag" };
  server.on("POST /api/issues/i-1/interactions", json(409, { error: "conflict", details }));
  await assert.rejects(
    adapterAt(server.url).adapter.transitionTask("i-1", "in_progress", "in_review"),
    (error) => error instanceof PaperclipConflictError && error.kind === "owned",
  );
});
