// Bad input to the command line, as real processes: each gives one clear line that names its place, the right exit code,
// and never a stack trace.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertOneLine, BIN, sandbox } from "../support/cli.ts";

const home = await sandbox();
const LONG = "x".repeat(10_240);

type Case = {
  readonly what: string;
  readonly args: readonly string[];
  readonly says: RegExp;
  readonly env?: { readonly [name: string]: string };
};

const USAGE: readonly Case[] = [
  { what: "no command", args: [], says: /no command: see exec-kernel --help/ },
  { what: "an unknown command", args: ["frob"], says: /unknown command "frob"/ },
  { what: "a misspelt command", args: ["tsak", "list"], says: /unknown command "tsak", did you mean task\?/ },
  { what: "a subcommand without its group", args: ["claim", "T-1"], says: /did you mean task claim\?/ },
  { what: "a group without a command", args: ["task"], says: /^exec-kernel task: which command\? task has create, / },
  { what: "a misspelt subcommand", args: ["task", "craete", "x"], says: /did you mean task create\?/ },
  {
    what: "an unknown flag",
    args: ["task", "create", "x", "--kidn", "a"],
    says: /unknown flag "--kidn", did you mean --kind\?/,
  },
  { what: "an unknown short flag", args: ["task", "list", "-z"], says: /unknown flag "-z"/ },
  {
    what: "a flag without its value",
    args: ["task", "create", "x", "--kind"],
    says: /--kind needs a value: --kind KIND/,
  },
  {
    what: "a flag in place of a value",
    args: ["task", "create", "x", "--kind", "--json"],
    says: /--kind needs a value/,
  },
  { what: "a value for a flag that takes none", args: ["task", "list", "--json=yes"], says: /--json takes no value/ },
  { what: "a missing argument", args: ["task", "show"], says: /ID is missing: exec-kernel task show ID/ },
  { what: "a surplus argument", args: ["task", "claim", "T-1", "T-2"], says: /unexpected argument "T-2"/ },
  { what: "an empty id", args: ["task", "claim", ""], says: /ID is empty/ },
  { what: "a blank title", args: ["task", "create", "   "], says: /TITLE is empty/ },
  {
    what: "an unknown state to list",
    args: ["task", "list", "--state", "dnoe"],
    says: /there is no state "dnoe", did you mean done\?/,
  },
  {
    what: "an unknown reason code",
    args: ["events", "--code", "lineage.cylce"],
    says: /there is no code "lineage\.cylce", did you mean lineage\.cycle\?/,
  },
  {
    what: "a fence that is no number",
    args: ["task", "done", "T-1", "--fence", "one"],
    says: /--fence "one" is not a whole number/,
  },
  {
    what: "a negative fence",
    args: ["task", "done", "T-1", "--fence", "-1"],
    says: /--fence -1 is too small: at least 0/,
  },
  {
    what: "a huge fence",
    args: ["task", "done", "T-1", "--fence", "99999999999999999999"],
    says: /is too large: at most 9007199254740991/,
  },
  {
    what: "a fence from the environment that is no number",
    args: ["task", "done", "T-1"],
    env: { EXEC_KERNEL_FENCE: "x" },
    says: /EXEC_KERNEL_FENCE "x" is not a whole number/,
  },
  { what: "a negative cost", args: ["step", "record", "T-1", "--cost", "-0.5"], says: /--cost -0\.5 is negative/ },
  {
    what: "a cost with too many decimals",
    args: ["step", "record", "T-1", "--cost", "0.0000001"],
    says: /has 7 decimals: at most 6/,
  },
  {
    what: "a cost in another form",
    args: ["step", "record", "T-1", "--cost", "1e3"],
    says: /--cost "1e3" is no amount of dollars/,
  },
  {
    what: "fractional tokens",
    args: ["step", "record", "T-1", "--tokens", "1.5"],
    says: /--tokens "1\.5" is not a whole number/,
  },
  { what: "a limit of none", args: ["events", "--limit", "0"], says: /--limit 0 is too small: at least 1/ },
  {
    what: "a place in the log that is none",
    args: ["events", "--since", "yesterday"],
    says: /--since "yesterday" is neither a sequence .* nor a time/,
  },
  { what: "a decision id that is none", args: ["why", "T-1"], says: /"T-1" is no decision: write d-17/ },
  {
    what: "a body file that is not there",
    args: ["task", "create", "x", "--body-file", "absent.md"],
    says: /absent\.md cannot be used \(ENOENT, open\)/,
  },
  {
    what: "a workspace id of 10 KB",
    args: ["task", "list", "-w", LONG],
    says: /the workspace's id has 10240 bytes, limit 200/,
  },
  {
    what: "a workspace id with a line break",
    args: ["task", "list"],
    env: { EXEC_KERNEL_WORKSPACE: "a\nb" },
    says: /has an unprintable character/,
  },
  { what: "an empty --store", args: ["task", "list", "--store", ""], says: /--store is empty/ },
  { what: "an empty --command-id", args: ["task", "claim", "T-1", "--command-id", ""], says: /--command-id is empty/ },
  { what: "a reopening without a reason", args: ["task", "reopen", "T-1"], says: /--reason is missing/ },
  {
    what: "an agent without a name",
    args: ["task", "claim", "T-1"],
    env: { EXEC_KERNEL_AGENT: "  " },
    says: /the agent's name is empty/,
  },
  ...["init", "task claim T-1", "approve d-1 --reason x"].map((line) => ({
    what: `an agent's variable that is empty, ${line}`,
    args: line.split(" "),
    env: { EXEC_KERNEL_AGENT: "" },
    says: /EXEC_KERNEL_AGENT is set and empty: name the agent, or unset it to act as the human/,
  })),
  {
    what: "an agent's name of 10 KB",
    args: ["task", "claim", "T-1"],
    env: { EXEC_KERNEL_AGENT: LONG },
    says: /the agent's name has 10240 bytes, limit 200/,
  },
  {
    what: "an --as of another form",
    args: ["task", "claim", "T-1", "--as", "a-1"],
    says: /--as a-1: write --as agent:NAME or --as harness:NAME/,
  },
  {
    what: "a workspace that does not exist",
    args: ["task", "list", "-w", "nowhere"],
    says: /nowhere\.db is not there: run `exec-kernel init`/,
  },
  { what: "a demo's seed that is no number", args: ["demo", "--seed", "x"], says: /the seed "x" is no whole number/ },
  { what: "a policy file that is not there", args: ["policy", "adopt", "absent.yml"], says: /absent\.yml/ },
];

for (const { what, args, says, env } of USAGE) {
  const exit = /cannot be used/.test(says.source) ? 3 : 2;
  test(`${what} is told in one line, exit ${exit}`, async () => {
    const ended = await home.run(args, env === undefined ? {} : { env });
    assertOneLine(ended);
    assert.match(ended.stderr, says);
    assert.ok(ended.stderr.length < 600, `${ended.stderr.length} characters`);
    assert.equal(ended.status, exit);
  });
}

type Refusal = {
  readonly what: string;
  readonly args: readonly string[];
  readonly says: RegExp;
  readonly exit: number;
  readonly stdin?: string | Buffer;
};

const REFUSALS: readonly Refusal[] = [
  {
    what: "an id of 10 KB",
    args: ["task", "create", "x", "--id", LONG],
    says: /command\.invalid: task: has 10240 bytes, limit 200/,
    exit: 2,
  },
  {
    what: "a claim of an id of 10 KB",
    args: ["task", "claim", LONG],
    says: /command\.invalid: task: has 10240 bytes/,
    exit: 2,
  },
  {
    what: "an empty parent",
    args: ["task", "create", "x", "--parent", ""],
    says: /command\.invalid: parent: is empty/,
    exit: 2,
  },
  {
    what: "a title with a line break",
    args: ["task", "create", "a\nb"],
    says: /command\.invalid: title: has a control character/,
    exit: 2,
  },
  {
    what: "a body with a NUL byte",
    args: ["task", "create", "x", "--body-file", "-"],
    stdin: "a\0b",
    says: /command\.invalid: text: has a NUL byte/,
    exit: 2,
  },
  {
    what: "a body over the limit",
    args: ["task", "create", "x", "--body-file", "-"],
    stdin: "a".repeat(12_001),
    says: /text: has 12001 bytes, limit 12000/,
    exit: 2,
  },
  { what: "an unknown task", args: ["task", "claim", "T-404"], says: /task\.unknown: there is no task T-404/, exit: 1 },
  {
    what: "an unknown task to show",
    args: ["task", "show", "T-404"],
    says: /task\.unknown: there is no task T-404/,
    exit: 1,
  },
  {
    what: "an unknown parent",
    args: ["task", "create", "x", "--parent", "T-404"],
    says: /task\.parent_unknown: /,
    exit: 1,
  },
  {
    what: "a state to begin in that does not exist",
    args: ["task", "create", "x", "--state", "bogus"],
    says: /lifecycle\.state_unknown: there is no state bogus/,
    exit: 2,
  },
  {
    what: "more tokens than are counted",
    args: ["step", "record", "T-1", "--tokens", "9007199254740991"],
    says: /tokens: is 9007199254740991, limit 1099511627776/,
    exit: 2,
  },
];

for (const { what, args, says, exit, stdin } of REFUSALS) {
  test(`${what} is refused with its field, exit ${exit}`, async () => {
    const ended = await home.run(args, stdin === undefined ? {} : { stdin });
    assert.equal(ended.stdout, "");
    assert.match(ended.stderr, says);
    assert.match(ended.stderr, /^refused /);
    assert.doesNotMatch(ended.stderr, /\n\s+at /);
    assert.equal(ended.status, exit);
  });
}

test("a body that is not UTF-8, or has a lone surrogate in it, is told with the byte", async () => {
  for (const [bytes, byte] of [
    [[0x61, 0xff], 2],
    [[0xed, 0xa0, 0x80], 2],
  ] as const) {
    const ended = await home.run(["task", "create", "x", "--body-file", "-"], { stdin: Buffer.from(bytes) });
    assertOneLine(ended);
    assert.match(ended.stderr, new RegExp(`stdin: byte ${byte} is not UTF-8`));
    assert.equal(ended.status, 2);
  }
});

test("a body without end is not read to its end", { skip: process.platform === "win32" }, async () => {
  const ended = await home.run(["task", "create", "x", "--body-file", "/dev/zero"]);
  assertOneLine(ended);
  assert.match(ended.stderr, /\/dev\/zero has more than 65536 bytes/);
  assert.equal(ended.status, 2);
});

test("a folder as body file is told as such", async () => {
  const ended = await home.run(["task", "create", "x", "--body-file", "."]);
  assertOneLine(ended);
  assert.match(ended.stderr, /EISDIR/);
  assert.equal(ended.status, 3);
});

test(
  "a working folder that was removed is told, and a named workspace needs none",
  { skip: process.platform === "win32" },
  async () => {
    const gone = join(home.home, "gone");
    const script = 'rmdir "$PWD" && exec "$0" "$@"';
    const run = (args: readonly string[]): { stderr: string; status: number | null } => {
      mkdirSync(gone, { recursive: true });
      return spawnSync("sh", ["-c", script, process.execPath, BIN, ...args], {
        cwd: gone,
        env: home.env(),
        encoding: "utf8",
      });
    };
    const lost = run(["task", "list"]);
    assert.match(
      lost.stderr,
      /^exec-kernel: the working directory is gone: cd to one that exists, or name --workspace\n$/,
    );
    assert.equal(lost.status, 2);
    assert.match(run(["task", "list", "-w", "nowhere"]).stderr, /nowhere\.db is not there/);
  },
);

test("a broken configuration is told with file, line and column", async () => {
  writeFileSync(join(home.project, "broken.yml"), "lineage:\n  depht: 3\n");
  for (const args of [
    ["config", "check", "broken.yml"],
    ["policy", "adopt", "broken.yml"],
    ["config", "show", "broken.yml"],
  ]) {
    const { status, stderr } = await home.run(args);
    assert.equal(status, 2);
    assert.match(stderr, /broken\.yml:2:3: .*depht.*depth/);
    assert.equal(stderr.split("\n").length, 2);
  }
});

test("without a human key and without an agent nobody acts, and reading still works", async () => {
  const other = await sandbox();
  rmSync(join(other.home, ".config/exec-kernel/human.key"));
  const { status, stderr } = await other.run(["task", "create", "x"]);
  assert.equal(status, 2);
  assert.match(stderr, /^refused actor\.unknown: nobody says who acts/);
  await other.ok(["task", "list"]);
});

test("another human key than the workspace's is told as such", async () => {
  const other = await sandbox();
  const key = join(other.home, ".config/exec-kernel/human.key");
  writeFileSync(key, "0".repeat(64));
  const ended = await other.run(["task", "create", "x"]);
  assertOneLine(ended);
  assert.match(ended.stderr, /human\.key is not the one this workspace was made with/);
  assert.equal(ended.status, 2);
});

test("what nobody caught ends in one line and exit 3, its trace only when asked for", async () => {
  const boom = 'data:text/javascript,setTimeout(()=>{throw%20new%20Error("boom")},200)';
  const env = { NODE_OPTIONS: `--import=${boom}` };
  const ended = await home.run(["events", "-f", "-q", "--since", "999"], { env });
  assertOneLine(ended);
  assert.match(ended.stderr, /^exec-kernel: a defect of exec-kernel, not of yours: boom /);
  assert.equal(ended.status, 3);
  const traced = await home.run(["events", "-f", "-q", "--since", "999"], { env: { ...env, EXEC_KERNEL_DEBUG: "1" } });
  assert.match(traced.stderr, /^ +at /m);
});
