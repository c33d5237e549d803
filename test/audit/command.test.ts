// The command as its users have it, where it meets files and configuration; what it judges is tested beside.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { sandbox } from "../support/cli.ts";
import { change, issue } from "./audited.ts";

const home = await sandbox({ init: false });
const text = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");
const CHAIN = Array.from({ length: 5 }, (_, depth) =>
  change(`x-${depth}`, null, "open", depth, { parents: [`x-${depth - 1}`] }),
);

writeFileSync(join(home.project, "chain.jsonl"), text(CHAIN));
writeFileSync(join(home.project, "chain.jsonl.gz"), gzipSync(text(CHAIN)));
mkdirSync(join(home.project, "repository/.beads"), { recursive: true });
writeFileSync(join(home.project, "repository/.beads/issues.jsonl"), text([issue("x-1", "closed", 1)]));
mkdirSync(join(home.project, "empty"));

test("a packed file and a repository are read like any other", async () => {
  assert.match(await home.ok(["audit", "chain.jsonl.gz"]), /^5 tasks, 5 changes, 1 Jan 2026, /);
  assert.match(await home.ok(["audit", "repository"]), /^1 task, 1 issue, 1 Jan 2026, /);
});

test("the limits are those of the configuration that is found, and the page says so", async () => {
  assert.match(await home.ok(["audit", "chain.jsonl", "-q"]), /no task broke a rule of the day-one policy\./);
  writeFileSync(join(home.project, ".exec-kernel.yml"), "lineage:\n  depth: 3\n");
  const strict = await home.ok(["audit", "chain.jsonl"]);
  assert.match(strict, /1 task \(20%\) broke a rule of the policy of \.exec-kernel\.yml\./);
  assert.match(
    strict,
    /^lineage\.depth_exceeded {2}1 Jan 2026, limit 3\n {2}depth 4 {2}x-4 {2}the work of x-e +1 Jan$/m,
  );
  writeFileSync(join(home.project, ".exec-kernel.yml"), "lineage:\n  depht: 3\n");
  const wrong = await home.run(["audit", "chain.jsonl"]);
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /\.exec-kernel\.yml:2:3: /);
  writeFileSync(join(home.project, ".exec-kernel.yml"), "{}\n");
});

test("a path that is not there is named, what is there is judged, and the exit code says 2", async () => {
  const { status, stdout, stderr } = await home.run(["audit", "absent", "chain.jsonl"]);
  assert.deepEqual([status, stderr], [2, ""]);
  assert.match(stdout, /^5 tasks/);
  assert.match(stdout, /^1 path not read\n {2}absent no such file or folder \(ENOENT\)$/m);
  const quiet = await home.run(["audit", "absent", "chain.jsonl", "-q"]);
  assert.equal(quiet.stderr, "exec-kernel audit: absent: no such file or folder (ENOENT)\n");
});

test("where nothing can be read, each path says what was looked for", async () => {
  const { status, stdout, stderr } = await home.run(["audit", "empty", "absent"]);
  assert.deepEqual([status, stdout], [2, ""]);
  assert.deepEqual(stderr.split("\n"), [
    "exec-kernel audit: empty: holds no .beads/issues.jsonl and no *.jsonl or *.ndjson file (also as .gz)",
    "exec-kernel audit: absent: no such file or folder (ENOENT)",
    "exec-kernel audit: transcripts of Claude Code are in ~/.claude/projects, those of Codex in ~/.codex/sessions",
    "",
  ]);
});

test("--limit shortens each rule's worst, --json gives all", async () => {
  const many = Array.from({ length: 30 }, (_, index) => change(`x-${index}`, null, "closed", index));
  writeFileSync(join(home.project, "many.jsonl"), text(many));
  const shown = async (...flags: readonly string[]): Promise<number> =>
    (await home.ok(["audit", "many.jsonl", ...flags])).split("\n").filter((line) => /^ +(?:after .*)?x-\d/.test(line))
      .length;
  assert.deepEqual([await shown(), await shown("--limit", "7"), await shown("--limit", "0")], [3, 7, 0]);
  const ids = (await home.ok(["audit", "many.jsonl", "--json"])).match(/"id":"x-\d+"/g);
  assert.equal(ids?.length, 30);
});

test("nothing but text comes out where there is no terminal", async () => {
  assert.doesNotMatch(await home.ok(["audit", "many.jsonl"]), /\u001b/);
});
