// What waits for a human, as real processes: equal refusals as one row, and parked tasks below them.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sandbox } from "../support/cli.ts";
import { jsonLines } from "../support/json.ts";

const home = await sandbox();
const a1 = home.agent("a-1");

test("the same refusal many times is one row with the latest id, and what is not shown is counted", async () => {
  await home.ok(["task", "create", "write the parser"]);
  for (let i = 0; i < 3; i += 1) await home.run(["task", "create", "write the parser"], a1);
  await home.run(["task", "create", "write the parser", "--priority", "1"], a1);
  const rows = jsonLines(await home.ok(["pending", "--json"]));
  assert.deepEqual(
    rows.map(({ times }) => times),
    [3, 1],
  );
  const ids = (await home.ok(["-q", "pending"])).split("\n");
  assert.equal(ids.length, 2);
  const shown = await home.ok(["pending"]);
  assert.match(shown, new RegExp(`^${ids[0]}  .*  x3 since .*  a-1  lineage\\.`, "m"));
  assert.match(shown, new RegExp(`^  approve  exec-kernel approve ${ids[0]} --reason`, "m"));
  const one = await home.run(["pending", "--limit", "1"]);
  assert.equal(one.stderr, "the latest 1 of 2 refusals; more with --limit N\n");
  assert.match(one.stdout, new RegExp(`^${ids[1]}  `));
});

test("an answer to the latest of equal refusals answers them all", async () => {
  const before = (await home.ok(["-q", "pending"])).split("\n");
  await home.ok(["approve", before[0] ?? "", "--reason", "it is other work"]);
  assert.deepEqual((await home.ok(["-q", "pending"])).split("\n"), before.slice(1));
});

test("a parked task is listed with the line that takes it up", async () => {
  writeFileSync(join(home.project, "strict.yml"), "escalation:\n  attempts_max: 1\n  retries_max: 0\n");
  await home.ok(["policy", "adopt", "strict.yml"]);
  await home.ok(["task", "claim", "T-1"], a1);
  await home.ok(["task", "release", "T-1", "--cause", "failed", "--reason", "no access"], a1);
  const shown = await home.ok(["pending"]);
  assert.match(shown, /^T-1 {2}.* {2}blocked, a human decides {2}write the parser$/m);
  assert.match(shown, /^ {2}after {4}failed attempts by a-1, parked 1 time: a dead letter$/m);
  assert.match(shown, /^ {2}take up {2}exec-kernel task move T-1 todo$/m);
  const row = await home.ok(["task", "show", "T-1"]);
  assert.match(row, /^because +no access$/m);
  assert.match(row, /^tier +a human decides, parked 1 time, a dead letter, tried by a-1$/m);
  const parked = jsonLines(await home.ok(["pending", "--json"])).find(({ task }) => task === "T-1");
  assert.equal(parked?.["takeUp"], "exec-kernel task move T-1 todo");
  assert.doesNotMatch(await home.ok(["-q", "pending"]), /T-1/);
  await home.ok(["task", "move", "T-1", "todo"]);
  assert.doesNotMatch(await home.ok(["pending"]), /^T-1/m);
});

test("task show of a blocked task says what it was blocked with", async () => {
  const id = await home.ok(["-q", "task", "create", "mend the lexer"]);
  await home.ok(["task", "claim", id], a1);
  const words = ["--reason", "no access to the registry", "--blocker", "a token"];
  await home.ok(["task", "move", id, "blocked", ...words], a1);
  assert.match(await home.ok(["task", "show", id]), /^because +no access to the registry; blocker: a token$/m);
  await home.ok(["task", "move", id, "todo"]);
  assert.doesNotMatch(await home.ok(["task", "show", id]), /^because/m);
});

test("a parked task says what it says: no agent's claim or move is granted, and nothing is wiped", async () => {
  writeFileSync(
    join(home.project, "two.yml"),
    "escalation:\n  attempts_max: 2\n  retries_max: 1\n  backoff_first_seconds: 0\n",
  );
  await home.ok(["policy", "adopt", "two.yml"]);
  const id = await home.ok(["-q", "task", "create", "flaky work"]);
  for (let n = 0; n < 2; n += 1) {
    await home.ok(["task", "claim", id], a1);
    await home.ok(["task", "release", id, "--cause", "failed"], a1);
  }
  const tier = /^tier +a human decides, parked 1 time, tried by a-1$/m;
  assert.match(await home.ok(["task", "show", id]), tier);
  for (const words of [
    ["claim", id],
    ["move", id, "todo"],
  ]) {
    const refused = await home.run(["task", ...words], a1);
    assert.deepEqual([refused.status, refused.stderr.split(":")[0]], [5, "refused escalation.human_needed"]);
  }
  assert.match(await home.ok(["task", "show", id]), tier);
  assert.match(await home.ok(["pending"]), /^ {2}after {4}failed attempts by a-1, parked 1 time$/m);
  const asked = /^(d-\d+) .*human_needed/m.exec(await home.ok(["pending"]))?.[1] ?? "";
  await home.ok(["task", "move", id, "todo"]);
  // What a human settled otherwise waits no more, and approving it would only let the agent out of its next parking.
  assert.doesNotMatch(await home.ok(["pending"]), /human_needed/);
  const over = await home.run(["approve", asked, "--reason", "go on"]);
  assert.deepEqual([over.status, over.stdout], [1, ""]);
  assert.match(
    over.stderr,
    /^d-\d+ stands in nobody's way any more: nothing was approved\. .*let the agent ask again$/m,
  );
  assert.equal((await home.run(["task", "claim", id], a1)).status, 0);
  assert.match(await home.ok(["task", "show", id]), /^tier +anybody, parked 1 time$/m);
});

test("a peer that nobody is, is waited for as long as a lease lives; then pending says so", async () => {
  const lines = ["lease:", "  ttl_seconds: 1", "escalation:", "  attempts_max: 3", "  retries_max: 0", ""];
  writeFileSync(join(home.project, "peer.yml"), lines.join("\n"));
  await home.ok(["policy", "adopt", "peer.yml"]);
  const id = await home.ok(["-q", "task", "create", "lonely work"]);
  await home.ok(["task", "claim", id], a1);
  // The lease is lost after a second, and nobody else comes for another one.
  while (!(await home.ok(["pending"])).includes(id)) await home.ok(["sweep"]);
  const shown = await home.ok(["pending"]);
  assert.match(shown, new RegExp(`^${id} {2}.* {2}todo, a human decides {2}lonely work$`, "m"));
  assert.match(shown, /^ {2}after {4}1 failed attempt, and another agent than a-1 did not come in 1 s$/m);
  assert.match(shown, new RegExp(`^ {2}take up {2}exec-kernel task edit ${id} --assignee AGENT$`, "m"));
  const refused = await home.run(["task", "claim", id], home.agent("a-2"));
  assert.match(refused.stderr, /^refused escalation\.human_needed: .* waited .* for another agent: a human decides$/m);
  assert.match(await home.ok(["task", "show", id]), /^tier +a human decides, 1 failed attempt, tried by a-1$/m);
  await home.ok(["task", "edit", id, "--assignee", "a-1"]);
  assert.equal((await home.run(["task", "claim", id], a1)).status, 0);
});
