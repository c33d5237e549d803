// What humans and harnesses say, as real processes: waivers, marks, halts, evidence, what-if.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { jsonLines, jsonOf } from "../support/json.ts";
import { sandbox } from "../support/cli.ts";

const home = await sandbox();
const a1 = home.agent("a-1");

async function refusedId(args: readonly string[], options = {}): Promise<string> {
  const { stderr, status } = await home.run(args, options);
  assert.notEqual(status, 0);
  return /d-\d+/.exec(stderr)?.[0] ?? "";
}

test("a waived refusal passes once, for the very request, and the log says whose doing it was", async () => {
  await home.ok(["task", "create", "write the parser"]);
  const again = ["task", "create", "write the parser"];
  const id = await refusedId(again);
  assert.match(
    await home.ok(["why", id]),
    new RegExp(`^only a human can change that: exec-kernel approve ${id} --reason "\\.\\.\\."$`, "m"),
  );
  await home.ok(["approve", id, "--reason", "another customer"]);
  const passed = await home.run(again);
  assert.equal(passed.status, 0);
  assert.match(passed.stderr, /^waived lineage\.duplicate_open: /);
  const [last = ""] = (await home.ok(["-q", "events", "--limit", "1"])).split("\n");
  assert.match(
    await home.ok(["why", last]),
    /^waived +lineage\.duplicate_open: .* \(a human let this request through\)$/m,
  );
  assert.match(await home.ok(["events", "--limit", "1"]), /granted task\.created, waived lineage\.duplicate_open$/);
  assert.equal((await home.run(again)).status, 1, "once");
});

test("what waits for a human is listed oldest first, and an answer takes it off the list", async () => {
  const first = await refusedId(["task", "create", "write the parser"], a1);
  const second = await refusedId(["task", "create", "write the parser", "--state", "todo"], a1);
  const waiting = jsonLines(await home.ok(["pending", "--json"]));
  const ids = waiting.map(({ id }) => id);
  assert.ok(ids.indexOf(first) < ids.indexOf(second), ids.join(" "));
  assert.equal(waiting.find(({ id }) => id === first)?.["approve"], `exec-kernel approve ${first} --reason "..."`);
  await home.ok(["deny", first, "--reason", "use T-1"]);
  assert.doesNotMatch(await home.ok(["-q", "pending"]), new RegExp(`^${first}$`, "m"));
  assert.match(await home.ok(["events", "--limit", "1"]), new RegExp(`${first} denied: use T-1`));
});

test("a decision marked wrong counts against its rule, once", async () => {
  const id = await refusedId(["task", "create", "write the parser"], a1);
  await home.ok(["wrong", id, "--reason", "two customers"]);
  assert.match(await home.ok(["rules"]), /^duplicate +enforce +\d+ +0 +1 +\d+\.\d%$/m);
  const again = await home.run(["wrong", id]);
  assert.equal(again.status, 1);
  const rule = jsonLines(await home.ok(["rules", "--json"])).find((row) => row["rule"] === "duplicate");
  assert.deepEqual([rule?.["wrong"], rule?.["proposeObserve"]], [1, false]);
});

test("a halted lineage begins nothing until it is resumed, and says by whom it was halted", async () => {
  await home.ok(["task", "claim", "T-1"], a1);
  const step = await home.ok(["-q", "step", "reserve", "T-1"], a1);
  assert.equal(
    await home.ok(["halt", "lineage/T-1", "--reason", "in circles"]),
    "lineage/T-1 halted\n1 claim of it ends at once",
  );
  const refused = await home.run(["step", "record", "T-1"], a1);
  assert.equal(refused.status, 5);
  await home.ok(["step", "settle", step], a1);
  assert.match(await home.ok(["halts"]), /^lineage\/T-1 +(now|\d+ s ago) +human \S+ +in circles$/m);
  const second = await home.run(["halt", "lineage/T-1", "--reason", "x"]);
  assert.match(second.stderr, /^refused halt\.already: /);
  await home.ok(["resume", "lineage/T-1", "--reason", "mended"]);
  assert.match((await home.run(["halts"])).stderr, /^nothing is halted\. /);
  await home.ok(["task", "claim", "T-1"], a1);
});

test("a halted agent is told as such in the list of agents", async () => {
  await home.ok(["halt", "agent/a-1", "--reason", "wrong credentials"]);
  assert.match(await home.ok(["agents"]), /^a-1 +halted /m);
  assert.equal(jsonLines(await home.ok(["agents", "--json"]))[0]?.["halted"], true);
  await home.ok(["resume", "agent/a-1"]);
});

test("evidence is a harness's: a human acts as one, an agent cannot", async () => {
  const record = ["evidence", "record", "T-1", "--command", "npm test", "--exit-code", "1"];
  await home.ok([...record, "--as", "harness:ci"]);
  assert.match(await home.ok(["task", "show", "T-1"]), /^evidence +command npm test: failed$/m);
  assert.match(await home.ok(["events", "--limit", "1"]), /harness ci {2}command npm test failed for T-1 {2}granted/);
  const agent = await home.run([...record, "--as", "harness:ci"], a1);
  assert.equal(agent.status, 2);
  assert.match(agent.stderr, /EXEC_KERNEL_AGENT is a-1: an agent acts only as itself/);
  const stale = await home.run([...record, "--of-fence", "99", "--as", "harness:ci"]);
  assert.equal(stale.status, 1);
  assert.match(stale.stderr, /^refused evidence\.not_current: /);
});

test("what another policy would have decided is told by code, and nothing changes", async () => {
  writeFileSync(join(home.project, "strict.yml"), "rules:\n  provenance: enforce\n");
  await home.ok(["task", "create", "a root of an agent"], a1);
  const before = await home.ok(["-q", "verify"]);
  const told = await home.ok(["policy", "what-if", "strict.yml"]);
  assert.match(told, /^\d+ decisions judged, \d+ the same, \d+ would change/);
  assert.match(told, /^granted +lineage\.root_not_allowed +1 /m);
  assert.ok(Number(await home.ok(["-q", "policy", "what-if", "strict.yml"])) > 0);
  const report = jsonOf(await home.ok(["policy", "what-if", "strict.yml", "--json"]));
  assert.equal(typeof report["judged"], "number");
  assert.equal(await home.ok(["-q", "verify"]), before);
});

test("a sweep says how much it looked at, and an agent's is refused", async () => {
  assert.match(await home.ok(["sweep"]), /^looked at \d+/);
  assert.equal((await home.run(["sweep"], a1)).status, 5);
});

test("a halt tells how many claims end; a name that was never seen is noted", async () => {
  const id = await home.ok(["-q", "task", "create", "mend the lexer"]);
  await home.ok(["task", "claim", id], home.agent("a-7"));
  const halted = await home.run(["halt", `task/${id}`, "--reason", "it loops"]);
  assert.match(halted.stdout, /^1 claim of it ends at once$/m);
  assert.equal(halted.stderr, "");
  const again = jsonOf(await home.ok(["halt", "agent/a-7", "--reason", "it loops", "--json"]));
  assert.equal(again["claimsEnded"], 0, "it ended with the first halt");
  for (const args of [
    ["halt", "agent/nobody", "--reason", "x"],
    ["wake", "nobody"],
  ]) {
    const { status, stderr } = await home.run(args);
    assert.deepEqual([status, stderr], [0, "note: nobody was never seen here\n"], args.join(" "));
  }
  assert.match(await home.ok(["halt", "--help"]), /--reason TEXT +required: why/);
});
