// sleep and check-loop where there is a store: the sleep is durable, and the parent's real depth counts.

import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { json, scripted } from "../paperclip/scripted-server.ts";
import { sandbox } from "../support/cli.ts";

const SLEEP = ["sleep", "--agent-id", "a-1", "--timeout", "600"];
const SAID = "SLEEP:idle agent=a-1 reason=no_tasks timeout=600s";

test("a sleep is recorded, whoever asks: the agent, a human, or nobody who is identified", async () => {
  const home = await sandbox();
  assert.equal(await home.ok(SLEEP, home.agent("a-1")), SAID);
  assert.match(await home.ok(["why", "d-2"]), /^asked by +a-1, agent, not proven/m);
  assert.equal(await home.ok(SLEEP), SAID);
  assert.match(await home.ok(["why", "d-3"]), /^asked by +human /m);
  rmSync(join(home.home, ".config/exec-kernel/human.key"));
  assert.equal(await home.ok(SLEEP), SAID);
  assert.match(await home.ok(["why", "d-4"]), /^asked by +a-1, agent, not proven/m);
  const asleep = await home.run(["task", "create", "made up"], home.agent("a-1"));
  assert.equal(asleep.status, 4);
});

test("an agent does not put another to sleep, and the exit code is one that old scripts know", async () => {
  const home = await sandbox();
  const { stdout, stderr, status } = await home.run(SLEEP, home.agent("a-2"));
  assert.deepEqual({ stdout, status }, { stdout: "", status: 1 });
  assert.match(stderr, /^refused actor\.not_self: a-2 may not act for a-1\n/);
});

test("a dry run puts nobody to sleep", async () => {
  const home = await sandbox();
  await home.ok([...SLEEP, "--dry-run"]);
  await home.ok(["task", "create", "asked for"], home.agent("a-1"));
});

test("without a store the line is all there is, and a broken store is no silent sleep", async () => {
  const home = await sandbox({ init: false });
  assert.deepEqual(await home.run(SLEEP), { stdout: `${SAID}\n`, stderr: "", status: 0, signal: null });
  const store = join(home.home, "broken.db");
  writeFileSync(store, "no store");
  const { stdout, stderr, status } = await home.run([...SLEEP, "--store", store]);
  assert.deepEqual({ stdout, status }, { stdout: "", status: 2 });
  assert.match(stderr, /^exec-kernel: fault store\.foreign: [^\n]+\n$/);
});

test("check-loop judges by the depth that the store knows, and notes a parent that it does not know", async () => {
  const home = await sandbox();
  await home.ok(["task", "create", "root", "--id", "p-0"]);
  for (const depth of [1, 2, 3, 4, 5, 6])
    await home.ok(["task", "create", `level ${depth}`, "--id", `p-${depth}`, "--parent", `p-${depth - 1}`]);
  assert.equal(await home.ok(["check-loop", "new", "a-1", "feature", "--parent-task-id", "p-2"]), "ALLOWED: depth=3");
  const deep = await home.run(["check-loop", "new", "a-1", "feature", "--parent-task-id", "p-6"]);
  assert.equal(deep.status, 1);
  assert.match(deep.stdout, /^DENIED: \[depth_exceeded\] /);
  const unknown = await home.run(["check-loop", "new", "a-1", "feature", "--parent-task-id", "elsewhere"]);
  assert.deepEqual(unknown, {
    stdout: "ALLOWED: depth=1\n",
    stderr: "note: elsewhere is not in this workspace; it counts as a root\n",
    status: 0,
    signal: null,
  });
});

test("with --api-url and a key the work that waits in Paperclip is noted, and the line stays as it is", async () => {
  const home = await sandbox({ init: false });
  const server = await scripted();
  const list = "GET /api/companies/co/issues";
  server.on(list, json(200, [{ id: "i-1", status: "todo", title: "fix the parser" }]), json(200, []), json(500, {}));
  const sleep = [...SLEEP, "--api-url", server.url];
  const env = { PAPERCLIP_API_KEY: "pcp_key", PAPERCLIP_COMPANY_ID: "co" };
  assert.deepEqual(await home.run(sleep), { stdout: `${SAID}\n`, stderr: "", status: 0, signal: null });
  assert.deepEqual(server.asked, []);
  const waiting = await home.run(sleep, { env });
  assert.equal(waiting.stdout, `${SAID}\n`);
  assert.equal(waiting.stderr, "note: Paperclip has work for a-1: i-1 fix the parser (todo)\n");
  assert.equal((await home.run(sleep, { env })).stderr, "");
  const failed = await home.run(sleep, { env });
  assert.deepEqual([failed.stdout, failed.status], [`${SAID}\n`, 0]);
  assert.match(failed.stderr, /^note: Paperclip was not asked for waiting work: GET [^\n]*status 500[^\n]*\n$/);
  assert.ok(server.asked.every(({ method }) => method === "GET"));
});

test("an address that cannot be Paperclip's is a usage error, with a key or without one, and nothing is recorded", async () => {
  const home = await sandbox();
  const PROBLEMS: readonly (readonly [string, RegExp])[] = [
    ["nonsense", /^exec-kernel sleep: --api-url "nonsense" is no address: /],
    ["ftp://x", /^exec-kernel sleep: --api-url "ftp:\/\/x" must begin with http:\/\/ or https:\/\/, not ftp:\n$/],
    ["http://me:secret@x", /^exec-kernel sleep: --api-url holds a name or password: /],
  ];
  for (const [url, says] of PROBLEMS)
    for (const env of [{}, { PAPERCLIP_API_KEY: "pcp_key" }]) {
      const ended = await home.run([...SLEEP, "--api-url", url], { env });
      assert.equal(ended.status, 2, url);
      assert.match(ended.stderr, says);
      assert.equal(ended.stdout, "");
    }
  assert.equal(await home.ok(["agents", "-q"]), "");
});
