// init: what it makes, what it shows, who may, and what a second one says.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertOneLine, sandbox } from "../support/cli.ts";

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

test("init shows the policy, makes store and key for this user alone, and says where they are", async () => {
  const home = await sandbox({ init: false });
  const { stdout, stderr, status } = await home.run(["init"]);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^# the policy to adopt \(day one; no configuration file found\)\n/);
  assert.match(stdout, /^ {2}depth: \{ soft: 4, hard: 6 \}/m);
  const workspace = /^workspace {2}(project-[0-9a-f]{8})$/m.exec(stdout)?.[1] ?? "";
  const store = join(home.home, `.local/state/exec-kernel/${workspace}.db`);
  const key = join(home.home, ".config/exec-kernel/human.key");
  assert.ok(stdout.includes(`store      ${store}\nhuman key  ${key}\n`), stdout);
  assert.match(stdout, /\npolicy [0-9a-f]{12} adopted, decision d-1\n$/);
  assert.match(stderr, /^next: exec-kernel task create/);
  if (process.platform !== "win32") {
    assert.deepEqual([store, key, join(store, ".."), join(key, "..")].map(modeOf), [0o600, 0o600, 0o700, 0o700]);
  }
});

test("the first event is the policy, adopted by the human", async () => {
  const home = await sandbox();
  const events = (await home.ok(["events", "--json"])).split("\n");
  assert.equal(events.length, 1);
  const event: unknown = JSON.parse(events[0] ?? "");
  assert.ok(typeof event === "object" && event !== null && "type" in event && "kind" in event && "proven" in event);
  assert.deepEqual([event.type, event.kind, event.proven], ["policy_adopted", "human", true]);
});

test("--dry-run shows everything and writes nothing", async () => {
  const home = await sandbox({ init: false });
  const stdout = await home.ok(["init", "--dry-run"]);
  assert.match(stdout, /depth: \{ soft: 4, hard: 6 \}/);
  assert.match(stdout, /dry run, nothing written$/);
  assert.deepEqual(readdirSync(home.home), ["project"]);
});

test("an agent is refused, and nothing is made", async () => {
  const home = await sandbox({ init: false });
  const refused = await home.run(["init"], home.agent("a-1"));
  assert.equal(refused.status, 5);
  assert.equal(refused.stdout, "");
  assert.match(refused.stderr, /^refused actor\.not_allowed: init is not for an agent; it takes a human\n/);
  assert.equal((await home.run(["init", "--as", "agent:a-1"])).status, 5);
  assert.deepEqual(readdirSync(home.home), ["project"]);
});

test("a second init says that the workspace exists, and changes nothing", async () => {
  const home = await sandbox();
  const before = await home.ok(["events", "--json"]);
  for (const flags of [[], ["--dry-run"]]) {
    const second = await home.run(["init", ...flags]);
    assertOneLine(second);
    assert.match(
      second.stderr,
      /workspace project-[0-9a-f]{8} exists in .*\.db, at sequence 1: change its policy with `exec-kernel policy adopt FILE`/,
    );
    assert.equal(second.status, 1);
  }
  assert.equal(await home.ok(["events", "--json"]), before);
});

test("of several at once exactly one makes the workspace", async () => {
  const home = await sandbox({ init: false });
  const ended = await Promise.all(Array.from({ length: 4 }, () => home.run(["init", "-q"])));
  assert.deepEqual(
    ended.map(({ status }) => String(status)).toSorted(),
    ["0", "1", "1", "1"],
    ended.map(({ stderr }) => stderr).join(""),
  );
  for (const one of ended) if (one.status === 1) assertOneLine(one);
  assert.match(await home.ok(["verify"]), /^verify +1 event, /);
});

test("the configuration that is found, or given, is merged over day one and kept in the log", async () => {
  const home = await sandbox({ init: false });
  writeFileSync(join(home.project, ".exec-kernel.yml"), "lineage:\n  depth: 3  # shallow\n");
  const found = await home.ok(["init"]);
  assert.match(found, /^# the policy to adopt \(day one, with .*\.exec-kernel\.yml over it\)/);
  assert.match(found, /^ {2}depth: 3 /m);
  assert.match(found, /children: \{ soft: 25, hard: 60 \}/);
  const shown: unknown = JSON.parse(await home.ok(["policy", "show", "--json"]));
  assert.ok(typeof shown === "object" && shown !== null && "source" in shown);
  assert.equal(shown.source, "lineage:\n  depth: 3  # shallow\n");
  writeFileSync(join(home.home, "given.yml"), "lineage:\n  depth: 2\n");
  assert.match(await home.ok(["init", "-w", "other", "--policy", "../given.yml"]), /^ {2}depth: 2 /m);
});

test("a broken configuration makes nothing", async () => {
  const home = await sandbox({ init: false });
  writeFileSync(join(home.project, ".exec-kernel.yml"), "lineage: [\n");
  const ended = await home.run(["init"]);
  assertOneLine(ended);
  assert.match(ended.stderr, /\.exec-kernel\.yml:\d+:\d+: /);
  assert.equal(ended.status, 2);
  assert.deepEqual(readdirSync(home.home), ["project"]);
});

test("--json and -q tell the same", async () => {
  const home = await sandbox({ init: false });
  const made: unknown = JSON.parse(await home.ok(["init", "--json"]));
  assert.ok(typeof made === "object" && made !== null && "workspace" in made && "store" in made && "id" in made);
  assert.ok(existsSync(String(made.store)));
  assert.equal(made.id, "d-1");
  assert.equal(await home.ok(["init", "-q", "-w", "second"]), "second");
});

test("all folders and worktrees of a repository share one workspace", async () => {
  const home = await sandbox({ init: false });
  const git = (...args: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
      cwd: home.project,
      env: home.env(),
      stdio: "ignore",
    });
  };
  git("init", "-q");
  git("commit", "--allow-empty", "-m", "first", "-q");
  git("worktree", "add", "-q", "../tree");
  const workspace = await home.ok(["init", "-q"]);
  assert.match(workspace, /^project-[0-9a-f]{8}$/);
  const below = join(home.project, "deep/below");
  mkdirSync(below, { recursive: true });
  for (const cwd of [below, join(home.home, "tree")]) {
    const doctor = await home.run(["doctor", "--json"], { cwd });
    assert.ok(doctor.stdout.includes(`"found":"${workspace}"`), doctor.stdout);
  }
  assert.ok(!readFileSync(join(home.project, ".git/config"), "utf8").includes("exec-kernel"));
});

test("where a workspace is not there, up to three others are named in the same line", async () => {
  const home = await sandbox({ init: false });
  const first = await home.run(["task", "list"]);
  assert.match(first.stderr, /is not there: run `exec-kernel init`, or name the store with --store\n$/);
  for (const name of ["a", "b c", "d", "e"]) await home.ok(["init", "-q", "-w", name]);
  const { stderr, status } = await home.run(["task", "list"]);
  assert.equal(status, 2);
  assert.match(stderr, /; other workspaces \(a renamed folder loses its own\): -w e, -w d, -w 'b c', 1 more\n$/);
  const named = await home.run(["task", "list", "--store", "x.db"]);
  assert.doesNotMatch(named.stderr, /other workspaces/);
});
