// Claims and what bears on them, as real processes: the next ready task, leases, lessons, edits, failed attempts, runs.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { jsonOf, jsonLines } from "../support/json.ts";
import { sandbox } from "../support/cli.ts";

const home = await sandbox();
const a1 = home.agent("a-1");
const a2 = home.agent("a-2");

async function created(...args: readonly string[]): Promise<string> {
  return home.ok(["-q", "task", "create", ...args]);
}

test("a claim without an id takes the most urgent ready task that fits, and says so when there is none", async () => {
  await home.ok(["agent", "register", "a-1", "--capabilities", "typescript,review"]);
  const later = await created("later");
  const signing = await created("sign it", "--priority", "0", "--needs", "signing");
  const waits = await created("waits", "--priority", "0", "--blocked-by", later);
  const others = await created("for another", "--priority", "0", "--assignee", "a-9");
  const first = await created("urgent", "--priority", "1", "--needs", "typescript");
  assert.equal(await home.ok(["-q", "task", "claim"], a1), first);
  assert.equal(await home.ok(["-q", "task", "claim"], a1), later);
  const none = await home.run(["task", "claim"], a1);
  assert.equal(none.status, 4);
  assert.match(none.stderr, /^refused claim\.nothing_ready: nothing is ready for you\n/);
  const lacking = await home.run(["task", "claim", signing], a1);
  assert.equal(lacking.status, 1);
  assert.match(lacking.stderr, /^refused claim\.capability_missing: .* needs signing/);
  const blocked = await home.run(["task", "claim", waits], a1);
  assert.match(blocked.stderr, /^refused lifecycle\.blockers_open: /);
  assert.equal((await home.run(["task", "claim", others], a1)).status, 0, "an assignment is no fence");
});

test("task show tells the time that is left of a claim, what the task waits for, and its own limits", async () => {
  const blocker = await created("first this");
  const task = await created(
    "then that",
    ...["--blocked-by", blocker, "--needs", "review", "--budget", "cost=2.50,steps=9", "--deadline", "in 2h"],
  );
  const waiting = await home.ok(["task", "show", task]);
  for (const line of [
    /^priority +2$/m,
    /^needs +review$/m,
    new RegExp(`^blocked by +${blocker} \\(1 open\\)$`, "m"),
    /^own limits +cost \$2\.50, steps 9$/m,
    /^deadline +2\S+ \((2 h|1 h 59 min) left\)$/m,
    /^holder +nobody$/m,
  ])
    assert.match(waiting, line);
  await home.ok(["task", "claim", blocker], a2);
  assert.match(
    await home.ok(["task", "show", blocker]),
    /^holder +a-2, fence 1, since (now|\d+ s ago), (30|29) min left$/m,
  );
});

test("a heartbeat keeps a claim, and only the holder's", async () => {
  const task = await created("long work");
  await home.ok(["task", "claim", task], a1);
  assert.match(await home.ok(["task", "heartbeat", task, "--fence", "1"], a1), /is yours 30 min more$/);
  const other = await home.run(["task", "heartbeat", task], a2);
  assert.equal(other.status, 1);
  assert.match(other.stderr, /^refused lease\.not_held: /);
});

test("an edit changes what is named and nothing else, and none takes it away", async () => {
  const task = await created("edited", "--needs", "review", "--deadline", "2h", "--budget", "steps=5");
  await home.ok(["task", "edit", task, "--priority", "0", "--deadline", "none", "--budget", "none"]);
  const row = jsonOf(await home.ok(["task", "show", task, "--json"]));
  assert.deepEqual([row["priority"], row["deadlineAt"], row["limits"], row["needs"]], [0, null, {}, ["review"]]);
  await home.ok(["task", "edit", task, "--needs", "none"]);
  await home.ok(["task", "edit", task, "--assignee", "a-2"]);
  const assigned = jsonOf(await home.ok(["task", "show", task, "--json"]));
  assert.deepEqual([assigned["needs"], assigned["assignee"]], [[], "agent:a-2"]);
  await home.ok(["task", "edit", task, "--assignee", "none"]);
  assert.equal(jsonOf(await home.ok(["task", "show", task, "--json"]))["assignee"], null);
  const stranger = await home.run(["task", "edit", task, "--priority", "1"], a2);
  assert.equal(stranger.status, 1);
  assert.match(stranger.stderr, /^refused task\.not_yours: /);
});

test("a task is placed below another one of its root", async () => {
  const root = await created("root");
  const one = await created("one", "--parent", root);
  const two = await created("two", "--parent", root);
  await home.ok(["task", "edit", two, "--parent", one]);
  assert.deepEqual(jsonOf(await home.ok(["task", "show", two, "--json"]))["path"], [root, one]);
  const away = await home.run(["task", "edit", two, "--parent", await created("elsewhere")]);
  assert.equal(away.status, 1);
  assert.match(away.stderr, /^refused lineage\.other_root: /);
});

test("a failed attempt rests before it is claimed again, one that was given back does not", async () => {
  const task = await created("fails");
  await home.ok(["task", "claim", task], a1);
  await home.ok(["task", "release", task, "--cause", "given_back"], a1);
  await home.ok(["task", "claim", task], a1);
  await home.ok(["task", "release", task, "--cause", "failed", "--reason", "no idea"], a1);
  const again = await home.run(["task", "claim", task], a1);
  assert.equal(again.status, 4);
  assert.match(again.stderr, /^refused escalation\.backoff: /);
  assert.match(await home.ok(["task", "show", task]), /^tier +anybody, 1 failed attempt, tried by a-1$/m);
});

test("what was learnt is shown to whoever claims work like it, in lines that say whose it is", async () => {
  const first = await created("fetch the packages");
  await home.ok(["task", "claim", first], a1);
  const lesson = ["--reason", "no access to the registry", "--workaround", "the mirror\nhas it"];
  await home.ok(["task", "move", first, "blocked", ...lesson], a1);
  const second = await created("fetch the packages again");
  const claimed = await home.ok(["task", "claim", second], a2);
  assert.match(claimed, new RegExp(`^${second} claimed, fence 1\nlesson of ${first}, blocked: `));
  assert.match(claimed, /blocker: no access to the registry; workaround: the mirror\\u\{a\}has it/);
  assert.equal(await home.ok(["-q", "task", "release", second], a2), second);
  const json = jsonOf(await home.ok(["task", "claim", second, "--json"], a2));
  assert.ok(Array.isArray(json["lessons"]) && json["lessons"].length > 0);
  assert.match(await home.ok(["lessons", "registry"]), new RegExp(`^${first}  blocked  `));
  assert.equal(jsonLines(await home.ok(["lessons", "--json"])).length, 1);
  assert.match((await home.run(["lessons", "zebra"])).stderr, /^no lesson fits\. /);
});

test("an admission goes with the task, and an incomplete one is marked", async () => {
  const root = await created("a root to work on");
  await home.ok(["task", "claim", root], a1);
  const file = join(home.project, "admission.json");
  const fields = {
    consumer: "support",
    painPoint: "no login",
    expectedValue: "fewer calls",
    validationPath: "npm test",
  };
  writeFileSync(file, JSON.stringify(fields));
  const full = await home.run(["task", "create", "mend it", "--parent", root, "--admission", file], a1);
  assert.deepEqual([full.status, full.stderr], [0, ""]);
  const bare = await home.run(["task", "create", "another", "--parent", root], a1);
  assert.match(bare.stderr, /^observed lineage\.admission_incomplete: /);
});

test("a run that was ended begins nothing new and still gives back", async () => {
  const task = await created("in a run");
  const run = { env: { EXEC_KERNEL_AGENT: "a-3", EXEC_KERNEL_RUN: "night-7" } };
  assert.equal(await home.ok(["-q", "run", "start", "--task", task], run), "night-7");
  await home.ok(["task", "claim", task], run);
  await home.ok(["run", "end"], run);
  const after = await home.run(["step", "record", task], run);
  assert.equal(after.status, 1);
  assert.match(after.stderr, /^refused run\.ended: run night-7 was ended /);
  await home.ok(["task", "release", task], run);
});

test("agents tells what each can do and holds", async () => {
  assert.match(await home.ok(["agents"]), /^a-1 +awake +T-\S+ T-\S+ T-\S+ \+\d+ .* review typescript$/m);
});
