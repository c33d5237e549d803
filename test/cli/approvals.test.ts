// What an approval says: another limit that is as full is told at once, with the approval it needs.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sandbox } from "../support/cli.ts";
import { jsonOf } from "../support/json.ts";

const home = await sandbox();
const a1 = home.agent("a-1");

const LIMITS = ["budget:", "  lineage: { cost_usd: 1 }", "  agent:", "    hour: { cost_usd: 1 }", ""].join("\n");

const STILL =
  /^still refused budget\.hard_limit: agent a-1 this hour used \$1\.00 of \$1\.00; this asks for \$0\.50\nonce it is refused for that: exec-kernel approve d-N --add cost=0\.5 --for 2h --reason "\.\.\."\n$/;

test("approve names the next limit that refuses, its numbers, and the approval that it needs", async () => {
  writeFileSync(join(home.project, "two.yml"), LIMITS);
  await home.ok(["policy", "adopt", "two.yml"]);
  await home.ok(["task", "create", "dear work"]);
  await home.ok(["task", "claim", "T-1"], a1);
  await home.ok(["step", "record", "T-1", "--cost", "1"], a1);
  const step = ["step", "reserve", "T-1", "--cost", "0.50"];
  const refused = await home.run(step, a1);
  const words = ["approve", /d-\d+/.exec(refused.stderr)?.[0] ?? "", "--reason", "worth it"];
  for (const more of [["--dry-run"], []]) {
    const approved = await home.run([...words, ...more]);
    assert.deepEqual([approved.status, STILL.test(approved.stderr)], [0, true], approved.stderr);
  }
  const next = await home.run(step, a1);
  assert.match(next.stderr, /agent a-1 this hour used/);
  const second = ["approve", /d-\d+/.exec(next.stderr)?.[0] ?? "", "--reason", "worth it"];
  const last = await home.run([...second, "--json", "--dry-run"]);
  assert.deepEqual([last.stderr, jsonOf(last.stdout)["stillRefused"]], ["", undefined]);
  await home.ok(second);
  await home.ok(step, a1);
});

test("in JSON what still refuses is a list of refusals", async () => {
  await home.ok(["task", "create", "more dear work"]);
  await home.ok(["task", "claim", "T-2"], home.agent("a-2"));
  await home.ok(["step", "record", "T-2", "--cost", "1"], home.agent("a-2"));
  const refused = await home.run(["step", "record", "T-2"], home.agent("a-2"));
  const id = /d-\d+/.exec(refused.stderr)?.[0] ?? "";
  const reply = jsonOf(await home.ok(["approve", id, "--reason", "x", "--json"]));
  const [still] = Array.isArray(reply["stillRefused"]) ? reply["stillRefused"] : [];
  assert.deepEqual([still?.code, still?.numbers?.scope, still?.override], ["budget.hard_limit", "agent/a-2", "human"]);
});
