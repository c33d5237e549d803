// audit and audit show over transcripts, as their users have them: the whole program in a process of its own.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertOneLine, sandbox } from "../support/cli.ts";
import { idOf, repeated, sessionText, writeNights, writeSession } from "../support/looping-transcripts.ts";
import { outsideData, skipWithout } from "../support/outside-data.ts";

const home = await sandbox({ init: false });
const NIGHTS = join(home.home, ".claude/projects");
writeNights(NIGHTS);

function write(name: string, text: string): void {
  writeFileSync(join(home.project, name), text);
}

test("transcripts are judged on stdout, and nothing is written anywhere", async () => {
  const page = await home.ok(["audit", NIGHTS]);
  assert.match(page, /^18 histories, \d+ steps, 1 Sep - 18 Sep 2026, [\d.]+ s\. nothing written, nothing\nsent\.$/m);
  assert.match(page, /^5 \(28%\) would have been refused, 4 by a rule that is enforced under the day-one$/m);
  assert.match(page, /^step\.check_failing +observe +1 +69 +\$2\.08 +4e1c0000$/m);
  assert.match(page, /^not judged: lifecycle \(none in transcripts\); 1 polling run$/m);
  assert.match(page, /^\* list price, upper bound; prices of 2026-\d\d-\d\d to 2026-\d\d-\d\d$/m);
  assert.deepEqual(readdirSync(home.home).toSorted(), [".claude", "project"]);
  assert.deepEqual(readdirSync(home.project), []);
});

test("findings exit 0, or 1 when asked; -q is the head, --json one line", async () => {
  assert.equal((await home.run(["audit", NIGHTS, "-q", "--exit-code"])).status, 1);
  assert.equal((await home.ok(["audit", NIGHTS, "-q"])).includes("RULE"), false);
  const line = await home.ok(["audit", NIGHTS, "--json"]);
  assert.doesNotMatch(line, /\n/);
  assert.match(line, /^\{"transcripts":\{"policy":"the day-one policy"/);
});

test("transcripts and task graphs among the paths give both pages, transcripts first", async () => {
  write(
    "history.jsonl",
    `${JSON.stringify({ id: "x-1", from: null, to: "closed", at: "2026-01-01T10:00:00Z", title: "t" })}\n`,
  );
  const page = await home.ok(["audit", "history.jsonl", NIGHTS]);
  const [steps, tasks] = [page.indexOf("18 histories"), page.indexOf("1 task, 1 change")];
  assert.ok(steps === 0 && tasks > 0);
  const both = await home.ok(["audit", "history.jsonl", NIGHTS, "--json"]);
  assert.match(both, /^\{"transcripts":\{.*"tasks":1/);
  const one = await home.ok(["audit", "history.jsonl", NIGHTS, "-q", "--format", "history"]);
  assert.match(one, /^1 task/);
  assert.match(await home.ok(["audit", "history.jsonl", NIGHTS, "-q", "--format", "claude"]), /^18 histories/);
  const none = await home.run(["audit", NIGHTS, "--format", "codex"]);
  assert.equal(none.status, 2);
  assert.match(none.stderr, /has no file of the format codex \(found: claude\)/);
  const wrong = await home.run(["audit", NIGHTS, "--format", "claud"]);
  assertOneLine(wrong);
  assert.match(wrong.stderr, /did you mean claude\?/);
});

test("a folder called show is ./show, and flags may stand anywhere", async () => {
  mkdirSync(join(home.project, "show"));
  writeSession(join(home.project, "show/a.jsonl"), { id: idOf(1), acts: repeated(9) });
  assert.match(await home.ok(["audit", "./show", "-q"]), /^1 history, 9 steps/);
  assert.match(await home.ok(["audit", "--limit", "1", NIGHTS, "-q"]), /^18 histories/);
  assert.match(await home.ok(["audit", "--json", "show", "4e1c0001"]), /^\{"id":"4e1c0001-/);
});

test("--since counts what came since, of days and of lengths of time", async () => {
  assert.match(await home.ok(["audit", NIGHTS, "-q", "--since", "2026-09-06"]), /^13 histories, .* since 6 Sep 2026/);
  const old = join(home.project, "old.jsonl");
  write("old.jsonl", sessionText({ id: idOf(9), acts: repeated(9), startMs: Date.now() - 3_600_000 }));
  assert.match(await home.ok(["audit", old, "-q", "--since", "7d"]), /^1 history, 9 steps/);
  assert.match(await home.ok(["audit", old, "-q", "--since", "30m"]), /^0 histories, 0 steps/);
  utimesSync(old, 0, 0);
  assert.match(await home.ok(["audit", old, "--since", "12h"]), /1 file last written before/);
  for (const since of ["yesterday", "2026-13-45", "-3d", "0d"]) {
    const ended = await home.run(["audit", NIGHTS, `--since=${since}`]);
    assertOneLine(ended);
    assert.equal(ended.status, 2, since);
  }
});

test("--html writes one file that stands alone, says so, and writes over nothing but its like", async () => {
  const page = await home.ok(["audit", NIGHTS, "--html", "report.html", "-q"]);
  assert.match(page, /only report\.html\s+written,\s+nothing\s+sent\./);
  const path = join(home.project, "report.html");
  assert.equal(statSync(path).mode & 0o077, 0);
  assert.equal(readFileSync(path, "utf8").match(/<article/g)?.length, 5);
  await home.ok(["audit", NIGHTS, "--html", "report.html", "-q"]);
  write("mine.html", "mine");
  const refused = await home.run(["audit", NIGHTS, "--html", "mine.html"]);
  assertOneLine(refused);
  assert.equal(refused.status, 2);
  assert.equal(readFileSync(join(home.project, "mine.html"), "utf8"), "mine");
  const graphs = await home.run(["audit", "history.jsonl", "--html", "other.html"]);
  assertOneLine(graphs);
  assert.match(graphs.stderr, /no transcript/);
});

test("--suggest prints a policy file that config check takes, and nothing else", async () => {
  write("policy.yml", `${await home.ok(["audit", NIGHTS, "--suggest"])}\n`);
  assert.match(
    readFileSync(join(home.project, "policy.yml"), "utf8"),
    /^ {4}- "gh run view" # polled 11 times in 1 history$/m,
  );
  await home.ok(["config", "check", "policy.yml"]);
  assert.match(await home.ok(["audit", NIGHTS, "--policy", "policy.yml", "-q"]), /under the policy\s+of policy\.yml\./);
  for (const other of ["--json", "--exit-code"]) {
    const ended = await home.run(["audit", NIGHTS, "--suggest", other]);
    assertOneLine(ended);
    assert.equal(ended.status, 2);
  }
  assert.equal((await home.run(["audit", "history.jsonl", "--suggest"])).status, 2);
});

test("audit show has the steps around the refusal, and the refusal as the agent reads it", async () => {
  const page = await home.ok(["audit", "show", "4e1c0001"]);
  assert.match(page, /^step 15 would have been refused by step\.repeated \(enforced under the day-one$/m);
  assert.match(page, /^> +15 {2}22:00:50 {2}A1 +seen +Bash +git log --oneline -3$/m);
  assert.match(page, /^ {2}refused step\.repeated: this call gave one result 6 times, limit 6\.$/m);
  const shown = await home.ok(["audit", "show", "4e1c0001", NIGHTS, "--at", "3", "--limit", "4"]);
  assert.equal(shown.split("\n").filter((line) => /^>? +\d+ {2}22:/.test(line)).length, 4);
  assert.match(shown, /^no rule would have refused step 3\.$/m);
});

test("an id that names nothing, or a step that is not there, is a wrong call in one line", async () => {
  for (const [args, says] of [
    [["beef"], /no history has an id that begins with "beef"/],
    [["4e1c0001", "--at", "900"], /--at 900: it has 38 steps/],
    [["4e1c0001", "absent"], /absent no such file/],
    [[], /ID is missing/],
  ] as const) {
    const ended = await home.run(["audit", "show", ...args]);
    assertOneLine(ended);
    assert.match(ended.stderr, says);
    assert.equal(ended.status, 2);
  }
  const nowhere = await home.run(["audit", "show", "4e1c0001"], { env: { HOME: home.project } });
  assertOneLine(nowhere);
  assert.match(nowhere.stderr, /neither ~\/\.claude\/projects nor ~\/\.codex\/sessions/);
});

test("an id that means many prints them one a line, at most eight", async () => {
  const ended = await home.run(["audit", "show", "4e1c"]);
  assert.equal(ended.status, 2);
  assert.equal(ended.stdout, "");
  const lines = ended.stderr.trimEnd().split("\n");
  assert.equal(lines[0], 'exec-kernel audit show: "4e1c" begins 18 ids:');
  assert.equal(lines.length, 1 + 8 + 1);
  assert.match(lines[1] ?? "", /^ {2}4e1c0000-7a55-4d02-9c1e-5f0a2b7d9e31 in .*\.jsonl$/);
  assert.equal(lines.at(-1), "  and 10 more");
});

test("audit show -q has no steps", async () => {
  const head = await home.ok(["audit", "show", "4e1c0001", "-q"]);
  assert.match(head, /step 15 would have been refused/);
  assert.doesNotMatch(head, /STEP|as the agent/);
});

test("--json names a path that was not read", async () => {
  const ended = await home.run(["audit", NIGHTS, "absent", "--json"]);
  assert.equal(ended.status, 2);
  assert.match(ended.stdout, /"skipped":\[\{"path":"absent","why":"no such file/);
});

test("of a policy with many errors the first is named, how many more there are, and what names them all", async () => {
  write("bad.yml", "steps:\n  repeats: -1\n  errors: x\nnonsense: 1\n");
  write("bad-once.yml", "steps:\n  repeats: -1\n");
  const many = await home.run(["audit", NIGHTS, "--policy", "bad.yml"]);
  assertOneLine(many);
  assert.match(many.stderr, /bad\.yml:2:\d+: .*; and 2 more: exec-kernel config check bad\.yml$/m);
  const once = await home.run(["audit", "show", "4e1c0001", "--policy", "bad-once.yml"]);
  assertOneLine(once);
  assert.doesNotMatch(once.stderr, / more: /);
  assert.deepEqual([many.status, once.status], [2, 2]);
});

test("COLUMNS widens a page that goes into a pipe", async () => {
  const wide = await home.run(["audit", NIGHTS], { env: { COLUMNS: "200" } });
  assert.match(wide.stdout, /^step\.repeated .* 4e1c0001 {2}38 steps, one call, one result$/m);
});

test("the help names audit show, what --suggest goes without, and what -q prints", async () => {
  const help = (await home.ok(["audit", "--help"])).replaceAll(/\s+/g, " ");
  assert.match(help, /exec-kernel audit show ID has the very steps/);
  assert.match(help, /instead; not with --json, --html or --exit-code/);
  assert.match(help, /-q prints only what was read/);
  assert.match(await home.ok(["audit", "show", "--help"]), /-q prints\s+what it is and the verdict/);
});

test("real sessions are told to hold no loop", { skip: skipWithout("claude-code") }, async () => {
  const page = await home.ok(["audit", outsideData("claude-code") ?? "", "--exit-code"]);
  assert.match(page, /^4 histories, /);
  assert.match(page, /^none would have been refused, by any rule of the day-one policy\.$/m);
});
