// Reservations and budgets, as real processes: what is held, what is booked, who may close it, and the trees that show it.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { jsonLines, jsonOf } from "../support/json.ts";
import { sandbox } from "../support/cli.ts";

const home = await sandbox();
const a1 = home.agent("a-1");
const FILE = "budget:\n  task:\n    steps: { soft: 3, hard: 5 }\n    cost_usd: { soft: 1, hard: 2 }\n";

before(async () => {
  writeFileSync(join(home.project, "small.yml"), FILE);
  await home.ok(["policy", "adopt", "small.yml"]);
  await home.ok(["task", "create", "write the parser"]);
  await home.ok(["task", "create", "read numbers", "--parent", "T-1"]);
  await home.ok(["task", "claim", "T-1"], a1);
  await home.ok(["task", "claim", "T-2"], home.agent("a-2"));
});

async function reserved(...args: readonly string[]): Promise<string> {
  return home.ok(["-q", "step", "reserve", "T-1", ...args], a1);
}

test("a reservation holds what it may use, and settling books what it used", async () => {
  const id = await reserved("--tool", "bash", "--call", "npm test", "--cost", "0.50", "--tokens", "4000");
  assert.match(id, /^r-\d+$/);
  const held = await home.ok(["budget", "show", "T-1"]);
  assert.match(held, /^steps +0 +1 +3 +5 +4 /m);
  assert.match(held, /^cost +\$0\.00 +\$0\.50 +\$1\.00 +\$2\.00 +\$1\.50 /m);
  assert.match(
    await home.ok(["step", "settle", id, "--cost", "0.02", "--tokens", "1800", "--result", "ok"], a1),
    /settled/,
  );
  const booked = await home.ok(["budget", "show", "T-1"]);
  assert.match(booked, /^steps +1 +- +3 +5 +4 /m);
  assert.match(booked, /^cost +\$0\.02 +- +\$1\.00 +\$2\.00 +\$1\.98 /m);
});

test("a reservation is cancelled before it began, by whoever made it, and only once", async () => {
  const id = await reserved("--cost", "0.10");
  const other = await home.run(["step", "cancel", id], home.agent("a-2"));
  assert.equal(other.status, 1);
  assert.match(other.stderr, /^refused reservation\.not_yours: /);
  assert.equal(await home.ok(["step", "cancel", id], a1), `${id} cancelled`);
  assert.match((await home.run(["step", "settle", id], a1)).stderr, /^refused reservation\.unknown: /);
  const started = await reserved("--started");
  assert.match((await home.run(["step", "cancel", started], a1)).stderr, /^refused reservation\.started: /);
  await home.ok(["step", "settle", started, "--failed"], a1);
});

test("a settlement reserves the next step in the same breath; refused, it stands, and the exit code says so", async () => {
  const id = await reserved("--cost", "0.10");
  const next = ["--next", "T-1", "--next-call", "npm test", "--next-cost", "0.20"];
  const settled = await home.ok(["step", "settle", id, "--cost", "0.10", ...next], a1);
  const second = /; (r-\d+) reserved$/.exec(settled)?.[1] ?? "";
  assert.notEqual(second, "", settled);
  const refused = await home.run(["step", "settle", second, "--cost", "0.10", "--next", "T-1", "--next-cost", "9"], a1);
  assert.equal(refused.status, 5);
  assert.match(refused.stdout, new RegExp(`^${second} settled on T-1\n$`));
  assert.match(
    refused.stderr,
    /^refused the next step, budget\.hard_limit: task T-1 used \$0\.22 of \$2\.00; this asks for \$9\.00\n/m,
  );
  const json = await home.run(["step", "settle", await reserved(), "--next", "T-1", "--next-cost", "9", "--json"], a1);
  assert.equal(json.status, 5);
  assert.equal(jsonOf(json.stdout)["verdict"], "granted");
});

test("a full budget refuses, and a human's approval lets the very request through", async () => {
  const full = await home.run(["step", "record", "T-1"], a1);
  assert.equal(full.status, 5);
  const id = /d-\d+/.exec(full.stderr)?.[0] ?? "";
  const pending = await home.ok(["pending"]);
  assert.match(pending, new RegExp(`^${id}  .*a-1  budget\\.hard_limit: task T-1 used 5 of 5 steps`, "m"));
  assert.match(
    pending,
    new RegExp(`^ +approve +exec-kernel approve ${id} --add steps=2 --for 2h --reason "\\.\\.\\."$`, "m"),
  );
  await home.ok(["approve", id, "--add", "steps=2", "--for", "30m", "--reason", "nearly there"]);
  await home.ok(["step", "record", "T-1"], a1);
  assert.match(await home.ok(["budget", "show", "T-1"]), /^steps +6 +- +3 +5 \+2 +1 /m);
  assert.doesNotMatch(await home.ok(["-q", "pending"]), new RegExp(`^${id}$`, "m"));
  const second = await home.run(["deny", id, "--reason", "too late"]);
  assert.equal(second.status, 1);
  assert.match(second.stderr, /^refused approval\.answered: /);
});

test("a budget that was refused for one dimension is not raised in another", async () => {
  const full = await home.run(["step", "reserve", "T-2", "--cost", "5"], home.agent("a-2"));
  const id = /d-\d+/.exec(full.stderr)?.[0] ?? "";
  const other = await home.run(["approve", id, "--add", "steps=5", "--reason", "x"]);
  assert.equal(other.status, 2);
  assert.match(other.stderr, /^refused approval\.other_limit: /);
  await home.ok(["deny", id, "--reason", "split it"]);
});

test("without a scope all that spent is drawn as a tree that fits 100 columns, and as JSON lines", async () => {
  await home.ok(["step", "record", "T-2", "--cost", "0.30", "--estimated"], home.agent("a-2"));
  const lines = (await home.ok(["budget", "show"])).split("\n");
  assert.match(lines[0] ?? "", /^SCOPE +STEPS .*COST .*NEAREST LIMIT +HELD +LIMIT +FULL IN$/);
  assert.deepEqual(
    lines.slice(1).map((line) => /^[ │├└─]*\S+(?: [aT]-\d)?/.exec(line)?.[0].trimEnd()),
    ["workspace", "├─ agent a-1", "├─ agent a-2", "└─ lineage T-1", "   └─ T-1", "      └─ T-2"],
  );
  for (const line of lines) assert.ok(line.length <= 100, line);
  const nodes = jsonLines(await home.ok(["budget", "show", "--json"]));
  assert.deepEqual(
    nodes.map(({ scope, depth }) => [scope, depth]),
    [
      ["workspace", 0],
      ["agent/a-1", 1],
      ["agent/a-2", 1],
      ["lineage/T-1", 1],
      ["task/T-1", 2],
      ["task/T-2", 3],
    ],
  );
});

test("a lineage is shown with its tasks under it, an agent by window", async () => {
  const lineage = await home.ok(["budget", "show", "lineage/T-1"]);
  assert.match(lineage, /^steps +7 +- +- +3,000 +2,993 /m);
  assert.match(lineage, /^lineage T-1 .*\n└─ T-1 .*\n {3}└─ T-2 /m);
  const hour = await home.ok(["budget", "show", "agent/a-2", "--window", "hour"]);
  assert.deepEqual(
    hour
      .split("\n")
      .slice(0, 2)
      .map((line) => line.split(/ {2,}/)[0]),
    ["BUDGET", "cost an hour"],
  );
  assert.equal(jsonOf(await home.ok(["budget", "show", "workspace", "--json"]))["scope"], "workspace");
});

test("a scope that is no root is told with its root, and a window without limits shows what was spent", async () => {
  const child = await home.run(["budget", "show", "lineage/T-2"]);
  assert.equal(child.status, 1);
  assert.match(child.stderr, /^refused scope\.not_root: T-2 is no root: it lies below T-1\n/);
  const month = await home.ok(["budget", "show", "workspace", "--window", "month"]);
  assert.match(month, /^steps a month +\d+ +- +- +- +- +-$/m, "what was spent is shown without a limit too");
});

test("nothing spent yet is told kindly", async () => {
  const fresh = await sandbox();
  const { stdout, stderr, status } = await fresh.run(["budget", "show"]);
  assert.deepEqual({ stdout, status }, { stdout: "", status: 0 });
  assert.match(stderr, /^nothing was spent yet\. /);
  const month = await fresh.run(["budget", "show", "workspace", "--window", "month"]);
  assert.deepEqual([month.status, month.stdout], [0, ""]);
  assert.match(month.stderr, /^workspace has no limit there, and nothing was spent\n$/);
});
