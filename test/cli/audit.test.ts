// audit as a command: what it reads, where it prints, how it exits. What it judges is tested where it is judged.

import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertOneLine, sandbox } from "../support/cli.ts";

const home = await sandbox({ init: false });

function change(id: string, from: string | null, to: string, day: number): string {
  return JSON.stringify({ id, from, to, at: `2026-01-0${day}T10:00:00Z`, title: `work ${id}` });
}

const SKIPPED = [change("x-1", null, "open", 1), change("x-1", "open", "closed", 2)].join("\n");
const CLEAN = [
  change("x-2", null, "open", 1),
  change("x-2", "open", "in_progress", 2),
  change("x-2", "in_progress", "closed", 3),
].join("\n");

writeFileSync(join(home.project, "skipped.jsonl"), `${SKIPPED}\n`);
writeFileSync(join(home.project, "clean.jsonl"), `${CLEAN}\n`);
writeFileSync(join(home.project, "notes.txt"), "my notes\n");

test("a history is judged on stdout, and nothing is written anywhere", async () => {
  const page = await home.ok(["audit", "skipped.jsonl"]);
  assert.match(page, /nothing written, nothing\s+sent\./);
  assert.match(page, /^ *1 +1 +lifecycle\.transition_skipped /m);
  assert.deepEqual(readdirSync(home.home), ["project"]);
  assert.equal(readdirSync(home.project).length, 3);
});

test("findings exit 0, or 1 when asked", async () => {
  assert.equal((await home.run(["audit", "skipped.jsonl", "--exit-code"])).status, 1);
  assert.equal((await home.run(["audit", "clean.jsonl", "--exit-code"])).status, 0);
});

test("--json is an object too where nothing could be read: what was skipped, and why", async () => {
  const { stdout, status } = await home.run(["audit", "not-there.jsonl", "--json"]);
  assert.equal(status, 2);
  const report: unknown = JSON.parse(stdout);
  assert.deepEqual(report, { skipped: [{ path: "not-there.jsonl", why: "no such file or folder (ENOENT)" }] });
});

test("--json is one object on one line, -q the sum", async () => {
  const report: unknown = JSON.parse(await home.ok(["audit", "skipped.jsonl", "clean.jsonl", "--json"]));
  assert.ok(typeof report === "object" && report !== null && "tasks" in report && "findings" in report);
  assert.deepEqual([report.tasks, report.findings], [2, 1]);
  assert.doesNotMatch(await home.ok(["audit", "skipped.jsonl", "-q"]), /RULE/);
});

test("a policy that is named judges instead of day one", async () => {
  writeFileSync(join(home.home, "lenient.yml"), "lineage:\n  depth: 32\n");
  const report: unknown = JSON.parse(await home.ok(["audit", "skipped.jsonl", "--policy", "../lenient.yml", "--json"]));
  assert.ok(typeof report === "object" && report !== null && "policy" in report);
  assert.match(String(report.policy), /lenient\.yml$/);
  const absent = await home.run(["audit", "skipped.jsonl", "--policy", "absent.yml"]);
  assertOneLine(absent);
  assert.equal(absent.status, 2);
});

test("what cannot be read at all is a wrong call, exit 2", async () => {
  for (const [path, says] of [
    ["absent.jsonl", /absent\.jsonl: no such file/],
    ["notes.txt", /notes\.txt: /],
  ] as const) {
    const ended = await home.run(["audit", path]);
    assertOneLine(ended);
    assert.match(ended.stderr, says);
    assert.equal(ended.status, 2);
  }
  assert.equal((await home.run(["audit"])).status, 2);
  assert.equal((await home.run(["audit", "skipped.jsonl", "--limit", "-1"])).status, 2);
});
