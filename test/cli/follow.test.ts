// events -f: goes on as the log grows, and ends quietly.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { ended, sandbox } from "../support/cli.ts";

const home = await sandbox();

test("a follower sees what other processes do, and Ctrl-C ends it quietly with 130", { timeout: 30_000 }, async () => {
  const child = await home.start(["events", "-f", "-q"]);
  const end = ended(child);
  assert.ok(child.stdout !== null);
  const lines = createInterface({ input: child.stdout });
  const seen: string[] = [];
  lines.on("line", (line) => seen.push(line));
  await once(lines, "line");
  for (const title of ["one", "two"]) {
    const next = once(lines, "line");
    await home.ok(["task", "create", title]);
    await next;
  }
  child.kill("SIGINT");
  const { stderr, status, signal } = await end;
  assert.deepEqual({ stderr, status, signal }, { stderr: "", status: 130, signal: null });
  assert.deepEqual(seen, ["1", "2", "3"]);
});

test("a follower whose reader went away ends by itself", { timeout: 30_000 }, async () => {
  const child = await home.start(["events", "-f", "--json"]);
  assert.ok(child.stdout !== null);
  await once(child.stdout, "data");
  child.stdout.destroy();
  const end = once(child, "exit");
  await home.ok(["task", "create", "three"]);
  const [status] = await end;
  assert.equal(status, 0);
});
