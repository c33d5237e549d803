// The adapter against the real Paperclip server: what it promises, with what that server really answers.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { DefaultState } from "../../src/core/index.ts";
import { TASK_STATES } from "../../src/core/index.ts";
import {
  IdleEnforcementError,
  InvalidTransitionError,
  KernelRefusalError,
  PaperclipAdapter,
  PaperclipConflictError,
  PaperclipError,
  TaskAdmissionError,
} from "../../src/paperclip/index.ts";
import type { PaperclipOptions } from "../../src/paperclip/index.ts";
import { validateTransition } from "../../src/standalone/index.ts";
import { Board } from "./board.ts";
import type { Agent } from "./board.ts";
import { startPostgres } from "./postgres.ts";
import type { Postgres } from "./postgres.ts";
import { Proxy } from "./proxy.ts";
import { PaperclipServer } from "./server.ts";
import { openWorkspace } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

const ADMISSION = {
  consumer: "the nightly import",
  painPoint: "it misses its window",
  expectedValue: "done in ten minutes",
  validationPath: "three nights of its own timing",
};

const folder = mkdtempSync(join(tmpdir(), "exec-kernel-contract-"));
const storePath = join(folder, "work.db");

let postgres: Postgres;
let server: PaperclipServer;
let proxy: Proxy;
let board: Board;
let workspace: Workspace;
let ada: Agent;
let bob: Agent;

async function timed<T>(what: string, act: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const answer = await act();
  console.log(`paperclip: ${what} ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
  return answer;
}

function adapterOf(agent: Agent, more: PaperclipOptions = {}): PaperclipAdapter {
  const { id: agentId, key: apiKey, runId } = agent;
  return new PaperclipAdapter({
    apiUrl: proxy.url,
    apiKey,
    agentId,
    runId,
    companyId: board.companyId,
    env: {},
    ...more,
  });
}

before(async () => {
  postgres = await timed("PostgreSQL started in", startPostgres);
  server = new PaperclipServer(postgres.url);
  await timed("server started in", () => server.start());
  proxy = new Proxy(() => server.url);
  await proxy.start();
  board = new Board(() => server.url);
  await board.open();
  ada = await timed("first run came after", () => board.hire("ada"));
  bob = await board.hire("bob");
  workspace = await openWorkspace(storePath, true);
});

after(async () => {
  await workspace?.close();
  board?.close();
  proxy?.stop();
  await server?.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("an honest agent checks out, comments, hands to review and ends its work", async () => {
  const issue = await board.issue("write the parser");
  const adapter = adapterOf(ada);
  assert.equal((await adapter.checkout(issue)).status, "in_progress");
  assert.equal(await board.owner(issue), ada.id);
  assert.ok((await adapter.addComment(issue, "half of it stands")).id);
  assert.equal(
    (await adapter.transitionTask(issue, "in_progress", "in_review", { comment: "look" })).status,
    "in_review",
  );
  assert.equal((await adapter.transitionTask(issue, "in_review", "done")).status, "done");
  assert.deepEqual((await board.comments(issue)).toSorted(), ["half of it stands", "look"]);
});

test("an agent enters blocked with a reason, and comes back by a checkout", async () => {
  const issue = await board.issue("deploy it");
  const adapter = adapterOf(ada);
  await adapter.checkout(issue);
  const blocked = await adapter.transitionTask(issue, "in_progress", "blocked", { comment: "the key is missing" });
  assert.equal(blocked.status, "blocked");
  assert.equal((await adapter.transitionTask(issue, "blocked", "in_progress")).status, "in_progress");
});

test("a task is created with its admission, once, however often the same command is sent", async () => {
  const adapter = adapterOf(ada);
  const options = { assigneeAgentId: bob.id, description: "the importer", commandId: "c-1" };
  const issue = await adapter.createTask("speed up the import", "performance", ADMISSION, options);
  assert.match(
    String(issue["description"]),
    /^the importer\n\n### Admission\n[^]*- Pain point: it misses its window\n/,
  );
  const again = await adapter.createTask("speed up the import", "performance", ADMISSION, options);
  assert.equal(again.id, issue.id);
  assert.equal((await board.titled("speed up the import")).length, 1);
});

test("every illegal move is refused before a byte is sent, and the server itself would have taken them", async () => {
  const issue = await board.issue("not to be touched");
  const adapter = adapterOf(ada);
  const illegal: (readonly [DefaultState, DefaultState])[] = [];
  for (const from of TASK_STATES) for (const to of TASK_STATES) if (!isLegal(from, to)) illegal.push([from, to]);
  assert.equal(illegal.length, 34);
  const seen = await proxy.during(async () => {
    for (const [from, to] of illegal)
      await assert.rejects(adapter.transitionTask(issue, from, to), InvalidTransitionError, `${from} -> ${to}`);
    await assert.rejects(adapter.createTask("made up", "docs", { ...ADMISSION, consumer: "n/a" }), TaskAdmissionError);
    await adapter.sleep();
    await assert.rejects(adapter.createTask("made up", "docs", ADMISSION), IdleEnforcementError);
    await assert.rejects(adapter.createTask("made up", "docs", { ...ADMISSION, painPoint: "" }), TaskAdmissionError);
    await assert.rejects(adapter.checkout(issue), IdleEnforcementError);
    await assert.rejects(adapter.transitionTask(issue, "todo", "in_progress"), IdleEnforcementError);
  });
  assert.deepEqual(seen, []);
  await board.call("PATCH", `/api/issues/${issue}`, { status: "done" });
  assert.equal(await board.status(issue), "done");
});

function isLegal(from: DefaultState, to: DefaultState): boolean {
  try {
    validateTransition(from, to);
    return true;
  } catch {
    return false;
  }
}

test("an agent that is wrong about the state writes nothing", async () => {
  const issue = await board.issue("still in todo");
  const seen = await proxy.during(() =>
    assert.rejects(
      adapterOf(ada).transitionTask(issue, "in_progress", "done"),
      (error) => error instanceof PaperclipConflictError && error.kind === "state_changed" && error.status === "todo",
    ),
  );
  assert.deepEqual(
    seen.map(({ method }) => method),
    ["GET"],
  );
  const backlog = await board.issue("in the backlog", { status: "backlog" });
  await assert.rejects(
    adapterOf(ada).checkout(backlog),
    (error) => error instanceof PaperclipConflictError && error.kind === "state_changed" && error.status === "backlog",
  );
  assert.equal(await board.status(backlog), "backlog");
});

test("of two agents that check out one issue exactly one wins, and the other is told who owns it", async () => {
  for (let round = 0; round < 5; round += 1) {
    const issue = await board.issue(`contended ${round}`);
    const ended = await Promise.allSettled([adapterOf(ada).checkout(issue), adapterOf(bob).checkout(issue)]);
    assert.deepEqual(ended.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
    const lost = ended.find((one) => one.status === "rejected");
    const reason: unknown = lost?.status === "rejected" ? lost.reason : null;
    assert.ok(reason instanceof PaperclipConflictError);
    assert.equal(reason.kind, "owned");
    assert.equal(reason.ownerAgentId, await board.owner(issue));
  }
});

test("with a kernel the same race is decided by the lease, and by it alone", async () => {
  const issue = await board.issue("contended under a kernel");
  const { kernel } = workspace;
  const both = [adapterOf(ada, { kernel }), adapterOf(bob, { kernel })];
  const ended = await Promise.allSettled(both.map((one) => one.checkout(issue)));
  const lost = ended.find((one) => one.status === "rejected");
  const reason: unknown = lost?.status === "rejected" ? lost.reason : null;
  assert.ok(reason instanceof KernelRefusalError, String(reason));
  assert.equal(reason.decision.code, "lease.taken");
  assert.equal(reason.decision.numbers["holder"], `agent:${await board.owner(issue)}`);
});

test("with a kernel the whole life of a task is judged, and stands in both", async () => {
  const { kernel } = workspace;
  const adapter = adapterOf(bob, { kernel });
  const issue = await adapter.createTask("judge the life", "feature", ADMISSION, { assigneeAgentId: ada.id });
  const task = /^exec-kernel task: (\S+)$/m.exec(String(issue["description"]))?.[1] ?? "";
  assert.equal((await kernel.task(task))?.task.state, "todo");
  const worker = adapterOf(ada, { kernel });
  const free = await board.issue("judge a human's issue");
  await worker.checkout(free);
  assert.equal((await kernel.task(free))?.task.holder, `agent:${ada.id}`);
  await worker.transitionTask(free, "in_progress", "in_review", { comment: "look" });
  await worker.transitionTask(free, "in_review", "done");
  assert.equal((await kernel.task(free))?.task.state, "done");
  await assert.rejects(
    adapter.createTask("judge the life", "feature", ADMISSION),
    (error) => error instanceof KernelRefusalError && error.existingIssueId === issue.id,
  );
  assert.equal((await board.titled("judge the life")).length, 1);
});

test("under a kernel an issue with any title is checked out, and one made under any command id has one task", async () => {
  const { kernel } = workspace;
  const erin = await board.hire("erin");
  const titled = await board.issue(`first line\nsecond \u{1f468}\u200d\u{1f469} ${"x".repeat(1_200)}`);
  await adapterOf(erin, { kernel }).checkout(titled);
  assert.equal((await kernel.task(titled))?.task.holder, `agent:${erin.id}`);
  const options = { assigneeAgentId: erin.id, commandId: "nightly:2026-11-28" };
  const { id } = await adapterOf(bob, { kernel }).createTask("check the night", "ops", ADMISSION, options);
  await adapterOf({ ...erin, runId: await board.run(id) }, { kernel }).checkout(id);
  assert.equal((await kernel.task("paperclip-nightly:2026-11-28"))?.task.holder, `agent:${erin.id}`);
  assert.equal(await kernel.task(id), null);
});

test("a comment longer than a question may be goes into review, whatever signs it is made of", async () => {
  const adapter = adapterOf(await board.hire("fay"));
  const issue = await board.issue("look at the signs");
  await adapter.checkout(issue);
  const comment = `a${"\u{1f600}".repeat(700)}`;
  assert.equal((await adapter.transitionTask(issue, "in_progress", "in_review", { comment })).status, "in_review");
  assert.deepEqual(await board.comments(issue), [comment]);
});

test("a creation while asleep is refused from another process too, and nothing is made", async () => {
  const { kernel } = workspace;
  const adapter = adapterOf(bob, { kernel, idleTimeoutSeconds: 600 });
  await adapter.sleep();
  await assert.rejects(adapter.wake(), IdleEnforcementError);
  assert.equal(adapter.isIdle, true);
  const before = proxy.seen.length;
  const other = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "other-process.ts"), storePath, "made up asleep"],
    {
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        PAPERCLIP_API_URL: proxy.url,
        PAPERCLIP_API_KEY: bob.key,
        PAPERCLIP_AGENT_ID: bob.id,
        PAPERCLIP_COMPANY_ID: board.companyId,
        PAPERCLIP_RUN_ID: bob.runId,
      },
    },
  );
  assert.equal(other.stdout.trim(), "IdleEnforcementError", other.stderr);
  const another = adapterOf(bob, { kernel });
  await assert.rejects(another.checkout(bob.homeIssueId), IdleEnforcementError);
  assert.equal(proxy.seen.length, before);
  assert.deepEqual(await board.titled("made up asleep"), []);
  await kernel.submit({ type: "wake_agent", body: { agent: bob.id, reason: "the test goes on" } });
  const awake = await adapter.createTask("asked for", "docs", ADMISSION, { assigneeAgentId: ada.id });
  assert.equal(adapter.isIdle, false);
  assert.equal((await board.titled("asked for")).length, 1);
  assert.ok(awake.id);
});

test("a task whose second half was lost gets its issue by the next attempt, and only one", async () => {
  const { kernel } = workspace;
  const cut = adapterOf(ada, { kernel, apiUrl: "http://127.0.0.1:9", attemptsMax: 1 });
  const options = { assigneeAgentId: bob.id };
  await assert.rejects(cut.createTask("half made", "docs", ADMISSION, options), PaperclipError);
  assert.deepEqual(await board.titled("half made"), []);
  const issue = await adapterOf(ada, { kernel }).createTask("half made", "docs", ADMISSION, options);
  assert.deepEqual(await board.titled("half made"), [issue.id]);
});

test("answers that are lost on the way neither lose nor double a write", async () => {
  // A run may write to 20 foreign issues: a fresh one for each of the long tests.
  const adapter = adapterOf(await board.hire("carol"));
  const issue = await board.issue("answers get lost");
  const loseNext = (): void => {
    proxy.onAnswer = async ({ method }) => {
      if (method === "GET") return false;
      proxy.onAnswer = null;
      return true;
    };
  };
  loseNext();
  assert.equal((await adapter.checkout(issue)).status, "in_progress");
  loseNext();
  await adapter.addComment(issue, "said once");
  loseNext();
  await adapter.addComment(issue, "split on \\n, see C:\\new");
  await adapter.addComment(issue, "said twice");
  loseNext();
  await adapter.addComment(issue, "said twice");
  loseNext();
  assert.equal(
    (await adapter.transitionTask(issue, "in_progress", "in_review", { comment: "moved" })).status,
    "in_review",
  );
  loseNext();
  await adapter.createTask("made once", "docs", ADMISSION, { assigneeAgentId: bob.id });
  assert.deepEqual((await board.comments(issue)).toSorted(), [
    "moved",
    "said once",
    "said twice",
    "said twice",
    "split on \n, see C:\new",
  ]);
  assert.equal((await board.titled("made once")).length, 1);
});

test("a server that is killed in the middle and comes back has everything once", async () => {
  const { kernel } = workspace;
  const patient = adapterOf(await board.hire("dan"), { kernel, attemptsMax: 40 });
  const issue = await board.issue("outlives the server");
  const killed: string[] = [];
  const killNext = (): void => {
    proxy.onAnswer = async ({ method }) => {
      if (method === "GET") return false;
      proxy.onAnswer = null;
      killed.push(method);
      await server.kill();
      void timed("killed and back in", () => server.start());
      return true;
    };
  };
  killNext();
  await patient.createTask("made across a kill", "docs", ADMISSION, { assigneeAgentId: bob.id });
  killNext();
  await patient.addComment(issue, "said across a kill");
  // A run does not outlive the server that began it: work is checked out and ended in a new one.
  const next = adapterOf(await board.hire("gil"), { kernel, attemptsMax: 40 });
  assert.equal((await next.checkout(issue)).status, "in_progress");
  killNext();
  const ended = { comment: "ended across a kill" };
  assert.equal((await next.transitionTask(issue, "in_progress", "done", ended)).status, "done");
  assert.deepEqual(killed, ["POST", "POST", "PATCH"]);
  assert.equal((await board.titled("made across a kill")).length, 1);
  assert.deepEqual((await board.comments(issue)).toSorted(), ["ended across a kill", "said across a kill"]);
  assert.equal((await kernel.task(issue))?.task.state, "done");
  assert.equal((await kernel.verify()).findings.length, 0);
});
