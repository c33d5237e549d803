// The commands that only read: lists, trees, budgets, the log, and why.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { sandbox } from "../support/cli.ts";

const home = await sandbox();

type Json = { readonly [name: string]: unknown };

function object(text: string): Json {
  const value: unknown = JSON.parse(text);
  assert.ok(typeof value === "object" && value !== null);
  return Object.fromEntries(Object.entries(value));
}

function objects(text: string): readonly Json[] {
  return text.split("\n").map(object);
}

test("empty lists say so kindly on stderr, with the next command, and exit 0", async () => {
  const fresh = await sandbox();
  const lists: readonly (readonly [readonly string[], RegExp])[] = [
    [["task", "list"], /^no tasks yet\. the first one: exec-kernel task create "\.\.\."\n$/],
    [["task", "tree"], /^no tasks to draw\. /],
    [["agents"], /^no agent was seen yet\. /],
    [["task", "list", "--state", "done"], /^no task fits\. all of them: exec-kernel task list\n$/],
    [["events", "--since", "999"], /^no event fits\. /],
  ];
  for (const [args, says] of lists) {
    const { stdout, stderr, status } = await fresh.run(args);
    assert.deepEqual({ stdout, status }, { stdout: "", status: 0 });
    assert.match(stderr, says);
    assert.deepEqual(await fresh.run([...args, "--json"]), { stdout: "", stderr: "", status: 0, signal: null });
  }
});

before(async () => {
  await home.ok(["task", "create", "write the parser", "--kind", "feature"]);
  await home.ok(["task", "create", "read numbers", "--parent", "T-1", "--created-by", "T-1"]);
  await home.ok(["task", "create", "read words", "--parent", "T-1", "--body-file", "-", "--assignee", "a-2"], {
    stdin: "words,\nand more words\n",
  });
  await home.ok(["task", "create", "read nested words", "--parent", "T-2"]);
  await home.ok(["task", "create", "ünïcode 日本語 title", "--id", "X/1 y"]);
  await home.ok(["task", "claim", "T-2"], home.agent("a-1"));
  await home.ok(["step", "record", "T-2", "--cost", "0.80"], home.agent("a-1"));
  await home.ok(["sleep", "--agent-id", "a-2", "--timeout", "3600"]);
});

test("task list aligns its columns, also under wide characters", async () => {
  const lines = (await home.ok(["task", "list"])).split("\n");
  assert.equal(lines.length, 6);
  assert.match(lines[0] ?? "", /^ID +STATE +KIND +HOLDER +CHANGED +TITLE$/);
  assert.match(lines[2] ?? "", /^T-2 +in_progress +task +a-1 +(now|\d+ s ago) +read numbers$/);
  const columns = lines.map((line) => line.search(/ (STATE|todo|in_progress)/));
  assert.equal(new Set(columns).size, 1, lines.join("\n"));
});

test("task list filters by state, agent and number, as table, ids and JSON lines", async () => {
  assert.equal(await home.ok(["-q", "task", "list", "--state", "in_progress"]), "T-2");
  assert.equal(await home.ok(["-q", "task", "list", "--agent", "a-2"]), "T-3");
  assert.equal(await home.ok(["-q", "task", "list", "--limit", "2"]), "T-1\nT-2");
  const tasks = objects(await home.ok(["task", "list", "--json"]));
  assert.deepEqual(
    tasks.map((task) => task["id"]),
    ["T-1", "T-2", "T-3", "T-4", "X/1 y"],
  );
});

test("task tree draws lineages with state, holder and steps", async () => {
  assert.equal(
    await home.ok(["task", "tree"]),
    [
      "T-1  todo  write the parser",
      "├─ T-2  in_progress  a-1  1 step  read numbers",
      "│  └─ T-4  todo  read nested words",
      "└─ T-3  todo  read words",
      "X/1 y  todo  ünïcode 日本語 title",
    ].join("\n"),
  );
  assert.equal(await home.ok(["-q", "task", "tree", "T-2"]), "T-2\nT-4");
  const nodes = objects(await home.ok(["task", "tree", "T-1", "--json"]));
  assert.deepEqual(
    nodes.map(({ id, depth, steps }) => [id, depth, steps]),
    [
      ["T-1", 0, 0],
      ["T-2", 1, 1],
      ["T-4", 2, 0],
      ["T-3", 1, 0],
    ],
  );
});

test("task show tells state, lease, lineage, budget and text", async () => {
  const shown = await home.ok(["task", "show", "T-3"]);
  assert.match(shown, /^T-3 {2}read words\n/);
  for (const line of [
    /^state +todo$/m,
    /^holder +nobody$/m,
    /^assignee +a-2$/m,
    /^lineage +T-1$/m,
    /^depth +1$/m,
    /^steps +0 +- +300 +800 +800 +-$/m,
  ])
    assert.match(shown, line);
  assert.ok(shown.endsWith("\n\nwords,\nand more words"), shown);
  const held = await home.ok(["task", "show", "T-2"]);
  assert.match(held, /^holder +a-1, fence 1, since .* left$/m);
  assert.match(held, /^created by +T-1$/m);
  const json = object(await home.ok(["task", "show", "T-3", "--json"]));
  assert.equal(json["text"], "words,\nand more words\n");
  assert.equal(json["parent"], "T-1");
});

test("budget show tells used, held, soft, hard and left in people's units", async () => {
  const lines = (await home.ok(["budget", "show", "T-2"])).split("\n");
  assert.deepEqual(
    lines.map((line) => line.split(/ {2,}/).slice(0, -1)).filter(([name]) => name !== "time"),
    [
      ["BUDGET", "USED", "HELD", "SOFT", "HARD", "LEFT"],
      ["steps", "1", "-", "300", "800", "799"],
      ["cost", "$0.80", "-", "$5.00", "$15.00", "$14.20"],
      ["hand-back steps", "0", "-", "-", "3", "3"],
    ],
  );
  assert.match(lines[0] ?? "", /FULL IN$/);
  assert.match(lines[1] ?? "", / {2}-$/, "the first minute says nothing of the rate");
  assert.equal(object(await home.ok(["budget", "show", "task/T-2", "--json"]))["scope"], "task/T-2");
});

test("agents tells who sleeps and for how long", async () => {
  const text = await home.ok(["agents"]);
  assert.match(text, /^a-1 +awake +T-2 /m);
  assert.match(text, /^a-2 +asleep, (59|60) min more|^a-2 +asleep, 1 h more/m);
  assert.equal(await home.ok(["-q", "agents"]), "a-1\na-2");
});

test("events shows one line an event, from a place or a time on, by code, and the last ones", async () => {
  const all = (await home.ok(["events"])).split("\n");
  assert.match(
    all[0] ?? "",
    /^ +1 {2}\d{4}-\d\d-\d\dT[\d:.]+Z {2}human \S+ {2}policy [0-9a-f]{12} adopted {2}granted policy\.adopted$/,
  );
  assert.match(all[6] ?? "", /^ +7 {2}\S+ {2}a-1 {2}T-2 todo -> in_progress by claim {2}granted task\.claimed$/);
  assert.equal(await home.ok(["-q", "events", "--since", "6", "--limit", "2"]), "7\n8");
  assert.equal(await home.ok(["-q", "events", "--limit", "1"]), String(all.length));
  assert.equal(await home.ok(["-q", "events", "--code", "task.claimed"]), "7");
  assert.equal(await home.ok(["-q", "events", "--code", "task", "--limit", "2"]), "6\n7");
  const json = objects(await home.ok(["events", "--json", "--since", "0"]));
  assert.deepEqual(
    json.map((event) => event["sequence"]),
    all.map((_, index) => index + 1),
  );
  const at = Number(json[3]?.["at"]);
  assert.equal(await home.ok(["-q", "events", "--limit", "1", "--since", new Date(at).toISOString()]), "4");
});

test("why tells what a decision rests on", async () => {
  const text = await home.ok(["why", "d-7"]);
  assert.match(text, /^d-7 {2}granted {2}task\.claimed: T-2 claimed, fence 1\n/);
  for (const line of [
    /^means +The actor holds the task/m,
    /^numbers +task=T-2 /m,
    /^asked by +a-1, agent, not proven/m,
    /^policy +d-1, adopted by human:\S+ at \S+, hash [0-9a-f]{64}$/m,
    /^judged at +sequence 6$/m,
    /^hash +[0-9a-f]{64}$/m,
  ])
    assert.match(text, line);
  assert.match(await home.ok(["why", "1"]), /^asked by +human \S+, human, proven$/m);
  const json = object(await home.ok(["why", "d-000007", "--json"]));
  assert.equal(json["id"], "d-7");
  assert.equal(json["proven"], false);
});

test("why of a refusal tells what was asked and who may override, and of a consequence its cause", async () => {
  await home.run(["task", "done", "T-3", "--command-id", "no"], home.agent("a-1"));
  const [last = ""] = (await home.ok(["-q", "events", "--limit", "1"])).split("\n");
  const refused = await home.ok(["why", `d-${last}`]);
  assert.match(refused, /refused {2}lifecycle\.transition_skipped: /);
  assert.match(refused, /^asked +move_task task="T-3" to="done"$/m);
  assert.match(refused, /^next +\(1\) claim T-3 first$/m);
  await home.ok(["task", "create", "wakes", "--assignee", "a-2"]);
  const consequence = await home.run(["why", `d-${Number(last) + 2}`]);
  assert.equal(consequence.status, 1);
  assert.match(consequence.stderr, new RegExp(`is a consequence: exec-kernel why d-${Number(last) + 1}\n$`));
  const absent = await home.run(["why", "d-9999"]);
  assert.equal(absent.status, 1);
  assert.match(absent.stderr, /there is no decision d-9999: the log ends at \d+/);
  const told = await home.run(["why", "d-9999", "--json"]);
  assert.equal(told.status, 1);
  assert.match(told.stdout, /^\{"message":"there is no decision d-9999: the log ends at \d+","id":null\}\n$/);
});

test("verify counts events and rows", async () => {
  assert.match(
    await home.ok(["verify"]),
    /^verify {2}\d+ events, \d+ rows, chain intact, 0 rows differ, head [0-9a-f]{12}, \d+\.\d s$/,
  );
  assert.equal(object(await home.ok(["verify", "--json"]))["ok"], true);
});

test("nothing is coloured where no terminal listens", async () => {
  for (const args of [["task", "list"], ["events"], ["doctor"], ["--help"], ["task", "tree"]])
    assert.ok(!(await home.ok(args)).includes("\u001b"));
});
