// The commands that ask for a decision, as real processes: what they print, where, and how they exit.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sandbox } from "../support/cli.ts";

type Json = { readonly [name: string]: unknown };

function parsed(text: string): Json {
  const value: unknown = JSON.parse(text);
  assert.ok(typeof value === "object" && value !== null);
  return Object.fromEntries(Object.entries(value));
}

const home = await sandbox();
const a1 = home.agent("a-1");

test("a created task is told in one line with id, state and depth", async () => {
  assert.deepEqual(await home.run(["task", "create", "write the parser", "--kind", "feature"]), {
    stdout: "T-1 created in todo, depth 0\n",
    stderr: "",
    status: 0,
    signal: null,
  });
});

test("a refusal stands on stderr with its code, the next steps and who may override, and stdout stays empty", async () => {
  const { stdout, stderr, status } = await home.run(["task", "create", "write the parser", "--kind", "feature"]);
  assert.equal(stdout, "");
  assert.equal(status, 1);
  const [refused, next, override, ...rest] = stderr.split("\n");
  assert.equal(refused, "refused lineage.duplicate_open: T-1 is the same work, in todo");
  assert.equal(next, "legal now: (1) use T-1; create nothing");
  assert.equal(override, "only a human can change that: d-3");
  assert.deepEqual(rest, [""]);
});

test("--json gives the decision on stdout whichever the verdict", async () => {
  const refused = await home.run(["task", "create", "write the parser", "--kind", "feature", "--json"]);
  assert.equal(refused.status, 1);
  const decision = parsed(refused.stdout);
  assert.equal(decision["verdict"], "refused");
  assert.equal(decision["code"], "lineage.duplicate_open");
  assert.deepEqual(decision["next"], ["use T-1; create nothing"]);
  assert.equal(decision["id"], "d-4");
  assert.equal(decision["replayed"], false);
  assert.equal(refused.stderr, "");
  const granted = parsed(await home.ok(["task", "create", "json", "--json"]));
  assert.equal(granted["verdict"], "granted");
  assert.deepEqual(granted["result"], { task: "T-2", state: "todo", depth: 0 });
});

test("-q prints only the id", async () => {
  assert.equal(await home.ok(["-q", "task", "create", "quiet", "--id", "REL-1"]), "REL-1");
  assert.equal(await home.ok(["-q", "sleep", "--agent-id", "a-9", "--timeout", "1"]), "");
});

test("a claim tells its fence, and a second claim is refused", async () => {
  assert.equal(await home.ok(["task", "claim", "T-1"], a1), "T-1 claimed, fence 1");
  const second = await home.run(["task", "claim", "T-1"], home.agent("a-2"));
  assert.equal(second.status, 1);
  assert.match(second.stderr, /^refused lease\.taken: T-1 is held by a-1, fence 1\n/);
});

test("what observed rules would have refused is told on stderr, and the command is granted", async () => {
  const { stdout, stderr, status } = await home.run(["task", "create", "a root of an agent"], a1);
  assert.equal(status, 0);
  assert.match(stdout, /^T-\d+ created in todo, depth 0\n$/);
  assert.equal(
    stderr,
    "observed lineage.root_not_allowed: a-1 may not create a root (not enforced)\n" +
      "observed lineage.admission_incomplete: T-3: admission is missing (not enforced)\n",
  );
});

test("a stale fence is refused, from the flag and from the environment", async () => {
  for (const env of [{}, { EXEC_KERNEL_FENCE: "7" }]) {
    const flags = "EXEC_KERNEL_FENCE" in env ? [] : ["--fence", "7"];
    const { status, stderr } = await home.run(["task", "move", "T-1", "in_review", ...flags], {
      env: { EXEC_KERNEL_AGENT: "a-1", ...env },
    });
    assert.equal(status, 1);
    assert.match(stderr, /^refused lease\.fence_stale: your fence 7, current 1 \(a-1\)/);
  }
});

test("steps are booked with dollars to the last decimal and kept apart from hand-back steps", async () => {
  const used = ["--tool", "bash", "--call", "npm test", "--result", "ok", "--cost", "0.300001", "--tokens", "100"];
  assert.equal(await home.ok(["step", "record", "T-1", ...used], a1), "step 1 of T-1 recorded");
  assert.equal(await home.ok(["step", "record", "T-1", "--hand-back"], a1), "hand-back step 1 of 3 for T-1");
  const budget = await home.ok(["budget", "show", "task/T-1"]);
  assert.match(budget, /^cost +\$0\.300001 +- +\$5\.00 +\$15\.00 +\$14\.699999 +-$/m);
  assert.match(budget, /^hand-back steps +1 +- +- +3 +2 +-$/m);
});

test("neither a call nor its result can be found in the store's files", async () => {
  await home.ok(["step", "record", "T-1", "--call", "the-secret-call", "--result", "the-secret-result"], a1);
  const folder = join(home.home, ".local/state/exec-kernel");
  const files = readdirSync(folder);
  assert.ok(files.length > 0);
  const bytes = files.map((file) => readFileSync(join(folder, file), "latin1")).join("");
  assert.match(bytes, /write the parser/, "what is kept as text is found this way");
  assert.doesNotMatch(bytes, /the-secret/);
});

test("the life of a task: done, reopened by a human with a reason, released by its holder", async () => {
  assert.equal(await home.ok(["task", "done", "T-1", "--fence", "1"], a1), "T-1 in_progress -> done");
  const agent = await home.run(["task", "reopen", "T-1", "--reason", "again"], a1);
  assert.equal(agent.status, 5);
  assert.match(agent.stderr, /^refused actor\.not_allowed: /);
  assert.equal(await home.ok(["task", "reopen", "T-1", "--reason", "the fix did not hold"]), "T-1 reopened, attempt 2");
  assert.equal(await home.ok(["task", "claim", "T-1"], a1), "T-1 claimed, fence 2");
  assert.equal(await home.ok(["task", "release", "T-1", "--fence", "2"], a1), "T-1 released to todo");
});

test("a skipped state is refused with the legal moves", async () => {
  const { status, stderr } = await home.run(["task", "done", "T-2"], a1);
  assert.equal(status, 1);
  assert.match(
    stderr,
    /^refused lifecycle\.transition_skipped: todo -> done skips in_progress\. legal: in_progress, blocked, cancelled\n/,
  );
});

test("--dry-run decides and writes nothing", async () => {
  const before = await home.ok(["events", "--json", "--since", "0"]);
  assert.equal(
    await home.ok(["--dry-run", "task", "create", "never"]),
    "dry run, nothing written: T-4 created in todo, depth 0",
  );
  const refused = await home.run(["--dry-run", "task", "done", "T-2"]);
  assert.equal(refused.status, 1);
  assert.doesNotMatch(refused.stderr, /override/, "nothing was recorded that could be overridden");
  assert.equal(await home.ok(["events", "--json", "--since", "0"]), before);
});

test("the same command id gives the same answer and does nothing twice", async () => {
  const command = ["task", "create", "only once", "--command-id", "once-1"];
  const first = await home.ok(command);
  assert.equal(await home.ok(command), `${first} (replayed: this command id was granted before)`);
  const other = await home.run(["task", "create", "other body", "--command-id", "once-1"]);
  assert.equal(other.status, 1);
  assert.match(other.stderr, /^refused command\.id_reused: /);
});

test("an agent that sleeps creates nothing, from any process, until it is woken", async () => {
  assert.equal(
    await home.ok(["sleep", "--agent-id", "a-3", "--timeout", "600"]),
    "SLEEP:idle agent=a-3 reason=no_tasks timeout=600s",
  );
  const asleep = await home.run(["task", "create", "made up"], home.agent("a-3"));
  assert.equal(asleep.status, 4);
  assert.match(asleep.stderr, /^refused agent\.asleep: a-3 sleeps until assigned, at most /);
  const itself = await home.run(["wake", "a-3"], home.agent("a-3"));
  assert.equal(itself.status, 5);
  assert.equal(await home.ok(["wake", "a-3", "--reason", "new work"]), "a-3 is awake");
  await home.ok(["task", "create", "asked for"], home.agent("a-3"));
});

test("a human acts as an agent with --as, an agent never as another", async () => {
  const before = await home.ok(["-q", "task", "create", "as another"]);
  assert.match(await home.ok(["task", "claim", before, "--as", "agent:a-5"]), /claimed/);
  assert.match(await home.ok(["task", "show", before]), /holder +a-5, fence 1/);
  const { status, stderr } = await home.run(["task", "list", "--as", "agent:a-5"], a1);
  assert.equal(status, 0, "a read needs no credentials");
  assert.equal(stderr, "");
  const agent = await home.run(["task", "release", before, "--as", "agent:a-5"], a1);
  assert.equal(agent.status, 2);
  assert.match(
    agent.stderr,
    /^exec-kernel: EXEC_KERNEL_AGENT is a-1: an agent acts only as itself, --as is a human's\n$/,
  );
});

test("soft limits warn on stderr and grant", async () => {
  const deep = [await home.ok(["-q", "task", "create", "deep 0"])];
  for (const level of [1, 2, 3, 4])
    deep.push(await home.ok(["-q", "task", "create", `deep ${level}`, "--parent", deep.at(-1) ?? ""]));
  const fifth = await home.run(["task", "create", "deep 5", "--parent", deep.at(-1) ?? ""]);
  assert.equal(fifth.status, 0);
  assert.match(fifth.stderr, /^warning lineage\.depth_exceeded: depth 5, limit 4/);
});
