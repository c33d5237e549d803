// Adopting a policy, as real processes: what changes is told, key by key.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sandbox } from "../support/cli.ts";
import { jsonOf } from "../support/json.ts";

const home = await sandbox();

function write(name: string, text: string): string {
  writeFileSync(join(home.project, name), text);
  return name;
}

const own = write(
  "own.yml",
  "budget:\n  task:\n    cost_usd: { soft: 1, hard: 2 }\n    gpu: 5\n    steps: { soft: 1, hard: 800 }\nrules:\n  template: enforce\n",
);
const silent = write("silent.yml", "");

test("what-if and adopt tell the warnings that config check tells, and -q keeps them quiet", async () => {
  const env = { EXEC_KERNEL_FOO: "1" };
  const warning = /^warning EXEC_KERNEL_FOO: nothing reads this variable/m;
  for (const args of [
    ["policy", "what-if", own],
    ["policy", "adopt", own, "--dry-run"],
  ]) {
    assert.match((await home.run(args, { env })).stderr, warning);
    assert.doesNotMatch((await home.run([...args, "-q"], { env })).stderr, warning);
  }
});

test("policy adopt tells each key that changes, and what a silent file throws away", async () => {
  assert.equal((await home.ok(["policy", "adopt", own])).split("\n").length, 5);
  const dry = await home.run(["policy", "adopt", silent, "--dry-run"]);
  assert.match(dry.stdout, /^dry run, nothing written: policy .* adopted$/m);
  assert.match(dry.stdout, /^budget\.task\.cost_usd +\{ soft: 1, hard: 2 \} -> \{ soft: 5, hard: 15 \} {2}looser$/m);
  assert.match(dry.stdout, /^budget\.task\.gpu +5 -> none {2}looser$/m);
  assert.match(dry.stdout, /^rules\.template +enforce -> observe {2}looser$/m);
  assert.match(dry.stdout, /^budget\.task\.steps +\{ soft: 1, hard: 800 \} -> \{ soft: 300, hard: 800 \}$/m);
  assert.match(await home.ok(["policy", "adopt", own]), /\nnothing changes$/);
  const { changes } = jsonOf(await home.ok(["policy", "adopt", silent, "--json"]));
  assert.ok(Array.isArray(changes));
  assert.equal(changes.length, 4);
  const tighter = await home.ok(["policy", "adopt", own]);
  assert.match(tighter, /^budget\.task\.gpu +none -> 5 {2}tighter$/m);
  assert.match(tighter, /^rules\.template +observe -> enforce {2}tighter$/m);
});

test("a table of one's own is one line; between two of them each part and move that differs is", async () => {
  const table = (moves: string): string =>
    `lifecycle_table:\n  states: [todo, in_progress, blocked, done]\n  edges:\n    todo: [in_progress]\n    in_progress: ${moves}\n    blocked: [todo]\n`;
  const [first, second] = [
    write("one.yml", table("[blocked, done]")),
    write("two.yml", table("[done, todo, blocked]")),
  ];
  const adopted = await home.ok(["policy", "adopt", first]);
  assert.match(adopted, /^lifecycle_table +the default table -> a table of its own$/m);
  assert.doesNotMatch(adopted, /lifecycle_table\./);
  const moved = await home.ok(["policy", "adopt", second]);
  assert.match(
    moved,
    /^lifecycle_table\.edges\.in_progress\.todo +by: \[system\], .* -> by: \[agent, human, system\], /m,
  );
  assert.equal(moved.split("\n").length, 2, moved);
  assert.match(
    await home.ok(["--dry-run", "policy", "adopt", silent]),
    /^lifecycle_table +a table of its own -> the default table$/m,
  );
});

test("an agent is refused and told nothing of the changes", async () => {
  const { stdout, status } = await home.run(["policy", "adopt", silent], home.agent("a-1"));
  assert.deepEqual([stdout, status], ["", 5]);
});

test("task done moves to the state of work that is done, whatever the policy's table calls it", async () => {
  const table = write(
    "shipping.yml",
    "lifecycle_table:\n  states: [open, doing, waiting, shipped]\n  working: doing\n  released: open\n  parked: waiting\n  completed: shipped\n  edges:\n    open: [doing]\n    doing: [waiting, shipped]\n    waiting: [open]\n",
  );
  const shop = await sandbox();
  await shop.ok(["policy", "adopt", join(home.project, table)]);
  await shop.ok(["task", "create", "work"]);
  await shop.ok(["task", "claim", "T-1"], shop.agent("a-1"));
  assert.match(await shop.ok(["task", "done", "T-1"], shop.agent("a-1")), /^T-1 doing -> shipped$/m);
});
