// policy and config: what is in force, what is proposed, and what a human may change.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { sandbox } from "../support/cli.ts";

const home = await sandbox();
const FILE = "lineage:\n  depth: 1\nbudget:\n  task:\n    steps: { soft: 1, hard: 2 }\n";

before(() => writeFileSync(join(home.project, "strict.yml"), FILE));

test("policy show prints a file that proposes the very policy in force", async () => {
  const shown = await home.ok(["policy", "show"]);
  assert.match(shown, /^# in force since d-1, adopted by human:\S+, hash [0-9a-f]{64}\n/);
  writeFileSync(join(home.project, "copy.yml"), shown);
  const [, hash = ""] = /hash ([0-9a-f]{64})/.exec(shown) ?? [];
  await home.ok(["policy", "adopt", "copy.yml"]);
  assert.equal(await home.ok(["-q", "policy", "show"]), hash);
});

test("a dry run of an adoption shows the policy and leaves the old one in force", async () => {
  const hash = await home.ok(["-q", "policy", "show"]);
  const { stdout, stderr, status } = await home.run(["--dry-run", "policy", "adopt", "strict.yml"]);
  assert.equal(status, 0);
  assert.match(stdout, /^dry run, nothing written: policy [0-9a-f]{12} adopted\nlineage\.depth .* tighter\n/);
  assert.match(stderr, /^ {2}depth: 1 /m);
  assert.equal(await home.ok(["-q", "policy", "show"]), hash);
});

test("an agent adopts no policy", async () => {
  const { status, stderr } = await home.run(["policy", "adopt", "strict.yml"], home.agent("a-1"));
  assert.equal(status, 5);
  assert.match(stderr, /^refused actor\.not_allowed: adopt_policy is not for an agent/);
});

test("an adopted policy acts at once, in every process", async () => {
  await home.ok(["task", "create", "root"]);
  assert.match(await home.ok(["policy", "adopt", "strict.yml"]), /^policy [0-9a-f]{12} adopted$/m);
  await home.ok(["task", "create", "child", "--parent", "T-1"]);
  const deep = await home.run(["task", "create", "grandchild", "--parent", "T-2"]);
  assert.equal(deep.status, 1);
  assert.match(deep.stderr, /^refused lineage\.depth_exceeded: depth 2, limit 1/);
});

test("a spent budget refuses with exit 5, after a warning, and hand-back steps are left", async () => {
  const agent = home.agent("a-1");
  await home.ok(["task", "claim", "T-1"], agent);
  await home.ok(["step", "record", "T-1"], agent);
  const second = await home.run(["step", "record", "T-1"], agent);
  assert.equal(second.status, 0);
  assert.match(second.stderr, /^warning budget\.soft_limit: task T-1 used \d of 1 steps?, a soft limit\n$/);
  const third = await home.run(["step", "record", "T-1"], agent);
  assert.equal(third.status, 5);
  assert.match(
    third.stderr,
    /^refused budget\.hard_limit: task T-1 used 2 of 2 steps; this asks for 1 step\nlegal now: \(1\) say in a note how far it came \(3 steps left for it: `exec-kernel step record --hand-back`\), move the task to blocked and end your turn; \(2\) a human finds it in `exec-kernel pending`; work goes on where it stopped\nonly a human can change that: d-\d+\n$/,
  );
  await home.ok(["step", "record", "T-1", "--hand-back"], agent);
});

test("config check tells warnings and exits 0, errors and exits 2, and what it looked at", async () => {
  assert.match(
    await home.ok(["config", "check"]),
    /^no configuration file found: the defaults hold\nlifecycle: the default table; all \d+ proofs hold$/,
  );
  assert.match(await home.ok(["config", "check", "strict.yml"]), /strict\.yml can be used\n/);
  writeFileSync(join(home.project, "wrong.yml"), "budget:\n  task:\n    steps: -1\n  max_steps: many\n");
  const { status, stderr, stdout } = await home.run(["config", "check", "wrong.yml"]);
  assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
  assert.match(stderr, /^error .*wrong\.yml:3:12: /m);
  assert.match(stderr, /^error .*wrong\.yml:4:14: /m);
  const json: unknown = JSON.parse((await home.run(["config", "check", "wrong.yml", "--json"])).stdout);
  assert.ok(typeof json === "object" && json !== null && "problems" in json && Array.isArray(json.problems));
  assert.equal(json.problems.length, 2);
});

test("config show tells what file and environment come to", async () => {
  const shown = await home.ok(["config", "show", "strict.yml"], { env: { EXEC_KERNEL_BUDGET_MAX_STEPS: "77" } });
  assert.match(shown, /^# .*strict\.yml\n/);
  assert.match(shown, /^budget\.max_steps +77$/m);
  assert.match(shown, /^ {4}steps: \{ soft: 1, hard: 2 \}/m);
});

const OWN_TABLE = `lifecycle_table:
  states: [open, doing, waiting, shut]
  working: doing
  released: open
  parked: waiting
  completed: shut
  edges:
    open: [doing]
    doing: [waiting, shut]
    waiting: [open]
`;

test("config check tells what is proven of a table of one's own, and what is not", async () => {
  writeFileSync(join(home.project, "own.yml"), OWN_TABLE);
  const good = await home.ok(["config", "check", "own.yml"]);
  assert.match(good, /own\.yml can be used\nlifecycle: a table of its own, 4 states, 5 moves\n {2}holds {2}every name/);
  assert.match(good, /^ {2}holds {2}a lost lease goes back: doing -> open$/m);
  assert.doesNotMatch(good, /fails/);
  writeFileSync(join(home.project, "trap.yml"), OWN_TABLE.replace("waiting: [open]", "waiting: []"));
  const bad = await home.run(["config", "check", "trap.yml"]);
  assert.equal(bad.status, 2);
  assert.match(bad.stderr, /^error .*trap\.yml:2:25: lifecycle_table: from waiting no terminal state can be reached$/m);
  assert.match(bad.stdout, /^ {2}fails {2}from waiting no terminal state can be reached$/m);
  assert.match(bad.stdout, /^ {2}holds {2}every state can be reached from an initial one$/m);
  assert.doesNotMatch(bad.stdout, /can be used/);
  const json: unknown = JSON.parse((await home.run(["config", "check", "trap.yml", "--json"])).stdout);
  assert.ok(typeof json === "object" && json !== null && "proofs" in json && Array.isArray(json.proofs));
});

test("config table draws the table, also one that fails a proof", async () => {
  assert.match(await home.ok(["config", "table"]), /^stateDiagram-v2\n {4}\[\*\] --> todo\n/);
  assert.match(await home.ok(["config", "table", "own.yml"]), /^ {4}doing --> waiting: system too$/m);
  const bad = await home.run(["config", "table", "trap.yml"]);
  assert.equal(bad.status, 2);
  assert.match(bad.stderr, /^error .*trap\.yml:2:25: /m);
  assert.match(bad.stdout, /^stateDiagram-v2\n/);
  assert.equal((await home.run(["config", "table", "wrong.yml"])).stdout, "");
});

test("config schema prints a JSON Schema with every section", async () => {
  const schema: unknown = JSON.parse(await home.ok(["config", "schema"]));
  assert.ok(typeof schema === "object" && schema !== null && "properties" in schema);
  assert.ok(typeof schema.properties === "object" && schema.properties !== null);
  for (const section of ["lineage", "budget", "lease", "escalation", "evidence", "lifecycle_table", "rules"])
    assert.ok(section in schema.properties, section);
});

test("a table that fails a proof is not adopted", async () => {
  const hash = await home.ok(["-q", "policy", "show"]);
  const { status, stderr } = await home.run(["policy", "adopt", "trap.yml"]);
  assert.equal(status, 2);
  assert.match(stderr, /trap\.yml:2:25: lifecycle_table: from waiting no terminal state can be reached$/m);
  assert.equal(await home.ok(["-q", "policy", "show"]), hash);
});

test("a table with no place for tasks at hand is refused, and the tasks are named", async () => {
  const { status, stderr } = await home.run(["policy", "adopt", "own.yml"]);
  assert.equal(status, 2);
  assert.match(
    stderr,
    /has no place for 2 tasks \(T-1 in in_progress, T-2 in todo\): keep these states in the table$/m,
  );
});

test("an adopted table of one's own is shown as a file that proposes it again", async () => {
  const fresh = await sandbox();
  writeFileSync(join(fresh.project, "own.yml"), readFileSync(join(home.project, "own.yml")));
  await fresh.ok(["policy", "adopt", "own.yml"]);
  const shown = await fresh.ok(["policy", "show"]);
  assert.match(shown, /^lifecycle_table:\n {2}states: \[open, doing, waiting, shut\] /m);
  writeFileSync(join(fresh.project, "again.yml"), shown);
  const hash = await fresh.ok(["-q", "policy", "show"]);
  await fresh.ok(["policy", "adopt", "again.yml"]);
  assert.equal(await fresh.ok(["-q", "policy", "show"]), hash);
});
