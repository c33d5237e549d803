// Bad input to the commands of budgets, claims, answers, halts, evidence and runs, as real processes: each gives one
// clear line that names its place, the right exit code, and never a stack trace.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { assertOneLine, sandbox } from "../support/cli.ts";

const home = await sandbox();

before(async () => {
  await home.ok(["task", "create", "write the parser"]);
  await home.run(["task", "create", "write the parser"]);
  writeFileSync(join(home.project, "admission.yml"), "consumer: a\npain_piont: b\n");
});

type Case = { readonly what: string; readonly args: readonly string[]; readonly says: RegExp };

const EDIT = ["task", "edit", "T-1"];
const RESERVE = ["step", "reserve", "T-1"];
const SETTLE = ["step", "settle", "r-17"];
const APPROVE = ["approve", "d-9", "--reason", "x"];
const EVIDENCE = ["evidence", "record", "T-1"];

const USAGE: readonly Case[] = [
  {
    what: "a priority that is no number",
    args: ["task", "create", "x", "--priority", "high"],
    says: /--priority "high" is not a whole number/,
  },
  {
    what: "a negative budget",
    args: ["task", "create", "x", "--budget", "cost=-5"],
    says: /--budget cost -5 is negative/,
  },
  {
    what: "a budget without a name",
    args: ["task", "create", "x", "--budget", "5"],
    says: /--budget "5" is no amount/,
  },
  {
    what: "a budget of seven decimals",
    args: ["task", "create", "x", "--budget", "cost=0.0000001"],
    says: /has 7 decimals: at most 6/,
  },
  {
    what: "a budget that no number holds",
    args: ["task", "create", "x", "--budget", "steps=99999999999999999999"],
    says: /--budget steps .* is too large/,
  },
  {
    what: "a budget named twice",
    args: ["task", "create", "x", "--budget", "cost=1,cost=2"],
    says: /--budget names "cost" twice/,
  },
  {
    what: "a deadline on a day that there is not",
    args: ["task", "create", "x", "--deadline", "2026-02-30"],
    says: /--deadline "2026-02-30" is no time that there is/,
  },
  {
    what: "a deadline that is over",
    args: ["task", "edit", "T-1", "--deadline", "2020-01-01"],
    says: /--deadline "2020-01-01" is over already: name a time to come/,
  },
  {
    what: "a deadline that is no time",
    args: ["task", "create", "x", "--deadline", "tomorrow"],
    says: /--deadline "tomorrow" is neither a time .* nor a length/,
  },
  {
    what: "an admission with a misspelt field",
    args: ["task", "create", "x", "--admission", "admission.yml"],
    says: /--admission admission\.yml:2:1: unknown field "pain_piont", did you mean pain_point\?/,
  },
  { what: "an edit of nothing", args: EDIT, says: /nothing to change: give --priority, / },
  {
    what: "two kinds of change at once",
    args: [...EDIT, "--assignee", "a-2", "--priority", "1"],
    says: /--priority and --assignee are two kinds of change: make two calls/,
  },
  {
    what: "a reason that no edit keeps",
    args: [...EDIT, "--priority", "1", "--reason", "x"],
    says: /--reason is kept for --assignee alone/,
  },
  { what: "an empty name in a list", args: [...EDIT, "--needs", "a,,b"], says: /--needs "a,,b" has an empty name/ },
  {
    what: "an unknown cause of a release",
    args: ["task", "release", "T-1", "--cause", "given-back"],
    says: /--cause "given-back" is none of given_back, .*, did you mean given_back\?/,
  },
  { what: "a negative cost to reserve", args: [...RESERVE, "--cost", "-1"], says: /--cost -1 is negative/ },
  { what: "another amount without a number", args: [...RESERVE, "--amount", "calls"], says: /--amount "calls" is no/ },
  {
    what: "a cost that is guessed and unknown at once",
    args: [...RESERVE, "--estimated", "--unpriced"],
    says: /--estimated and --unpriced are two things/,
  },
  {
    what: "a cost that is said to be unknown",
    args: [...RESERVE, "--unpriced", "--cost", "1"],
    says: /--unpriced and --cost are two things/,
  },
  {
    what: "a malformed reservation to settle",
    args: ["step", "settle", "17", "--cost", "1"],
    says: /"17" is no reservation: write r-17/,
  },
  { what: "a malformed reservation to cancel", args: ["step", "cancel", "d-17"], says: /"d-17" is no reservation/ },
  {
    what: "a next step without its task",
    args: [...SETTLE, "--next-cost", "1"],
    says: /--next-cost needs --next TASK/,
  },
  {
    what: "an unknown window",
    args: ["budget", "show", "T-1", "--window", "week"],
    says: /--window "week" is none of lifetime, hour, day, month/,
  },
  { what: "a scope that names nothing", args: ["budget", "show", "lineage/"], says: /SCOPE names nothing: write task/ },
  { what: "a malformed decision to approve", args: ["approve", "T-1", "--reason", "x"], says: /"T-1" is no decision/ },
  { what: "a malformed decision to deny", args: ["deny", "d-x", "--reason", "x"], says: /"d-x" is no decision/ },
  { what: "a malformed decision to mark", args: ["wrong", "9d"], says: /"9d" is no decision/ },
  { what: "an approval without a reason", args: ["approve", "d-9"], says: /--reason is missing: say why it may pass/ },
  { what: "a denial without a reason", args: ["deny", "d-9"], says: /--reason is missing: say why it stays refused/ },
  { what: "a blank reason", args: ["deny", "d-9", "--reason", "  "], says: /--reason is missing/ },
  { what: "an approval for no length of time", args: [...APPROVE, "--for", "1x"], says: /--for "1x" is no length/ },
  { what: "an approval for no time at all", args: [...APPROVE, "--for", "0s"], says: /--for 0s is no time at all/ },
  { what: "an approval for ten years", args: [...APPROVE, "--for", "3650d"], says: /--for 3650d is too long/ },
  { what: "an approval of no amount", args: [...APPROVE, "--add", "lots"], says: /--add "lots" is no amount/ },
  {
    what: "a halt of no scope",
    args: ["halt", "T-1", "--reason", "x"],
    says: /"T-1" is no scope: write task\/T-1, lineage\/T-1, agent\/a-2 or workspace/,
  },
  { what: "a halt without a reason", args: ["halt", "workspace"], says: /--reason is missing: say why it stops/ },
  { what: "a resumption of no scope", args: ["resume", "everything"], says: /"everything" is no scope/ },
  { what: "evidence of nothing", args: EVIDENCE, says: /nothing was seen: give --command, --review or --link/ },
  { what: "a command without its exit code", args: [...EVIDENCE, "--command", "make"], says: /--exit-code is missing/ },
  {
    what: "an exit code that is no number",
    args: [...EVIDENCE, "--command", "make", "--exit-code", "ok"],
    says: /--exit-code "ok" is not a whole number/,
  },
  { what: "a review without a verdict", args: [...EVIDENCE, "--review", "ada"], says: /a review needs its verdict/ },
  {
    what: "two kinds of evidence at once",
    args: [...EVIDENCE, "--link", "https://example.org", "--approved"],
    says: /--approved does not go with --link/,
  },
  { what: "a run without a name", args: ["run", "start"], says: /RUN is missing: name it, or set EXEC_KERNEL_RUN/ },
  {
    what: "an --as of a kind that nobody is",
    args: ["wake", "a-2", "--as", "system:x"],
    says: /write --as agent:NAME or/,
  },
  { what: "a harness without a name", args: ["sweep", "--as", "harness:"], says: /the harness's name is empty/ },
];

for (const { what, args, says } of USAGE) {
  test(`${what} is told in one line, exit 2`, async () => {
    const ended = await home.run(args);
    assertOneLine(ended);
    assert.match(ended.stderr, says);
    assert.ok(ended.stderr.length < 600, `${ended.stderr.length} characters`);
    assert.equal(ended.status, 2);
  });
}

type Refusal = Case & { readonly exit: number; readonly agent?: string };

const REFUSALS: readonly Refusal[] = [
  {
    what: "a budget over what is counted",
    args: ["task", "create", "x", "--budget", "steps=1099511627777"],
    says: /command\.invalid: limits\.steps: is 1099511627777, limit 1099511627776/,
    exit: 2,
  },
  {
    what: "a dimension with a name that is none",
    args: ["task", "create", "x", "--budget", "9lives=1"],
    says: /command\.invalid: limits\.9lives: is no name for a dimension/,
    exit: 2,
  },
  {
    what: "a priority beyond the least",
    args: ["task", "create", "x", "--priority", "5"],
    says: /command\.invalid: priority: is 5, limit 4/,
    exit: 2,
  },
  { what: "an unknown reservation", args: ["step", "settle", "r-999"], says: /reservation\.unknown: /, exit: 1 },
  {
    what: "an unknown decision to approve",
    args: ["approve", "d-999", "--reason", "x"],
    says: /decision\.unknown: /,
    exit: 1,
  },
  { what: "a grant to approve", args: ["approve", "d-2", "--reason", "x"], says: /decision\.not_refused: /, exit: 1 },
  { what: "an unknown task to halt", args: ["halt", "task/T-404", "--reason", "x"], says: /task\.unknown: /, exit: 1 },
  { what: "a blocker that does not exist", args: [...EDIT, "--blocked-by", "T-404"], says: /task\.unknown: /, exit: 1 },
  { what: "an unknown task's budget", args: ["budget", "show", "T-404"], says: /task\.unknown: /, exit: 1 },
  { what: "a human's own word as evidence", args: [...EVIDENCE, "--link", "x"], says: /actor\.not_allowed: /, exit: 5 },
  ...[
    ["approve", "d-3", "--reason", "x"],
    ["deny", "d-3", "--reason", "x"],
    ["wrong", "d-3"],
    ["halt", "workspace", "--reason", "x"],
    ["resume", "workspace"],
    ["wake", "a-2"],
    ["sweep"],
    ["evidence", "record", "T-1", "--link", "x"],
  ].map((args) => ({
    what: `an agent's ${args[0]}`,
    args,
    says: /actor\.not_allowed: .* is not for an agent/,
    exit: 5,
    agent: "a-1",
  })),
];

for (const { what, args, says, exit, agent } of REFUSALS) {
  test(`${what} is refused, exit ${exit}`, async () => {
    const ended = await home.run(args, agent === undefined ? {} : home.agent(agent));
    assert.equal(ended.stdout, "");
    assert.match(ended.stderr, says);
    assert.match(ended.stderr, /^refused /);
    assert.doesNotMatch(ended.stderr, /\n\s+at /);
    assert.equal(ended.status, exit);
  });
}

test("the budget of an agent that was never seen is told in one line, exit 1", async () => {
  const ended = await home.run(["budget", "show", "agent/nobody"]);
  assertOneLine(ended);
  assert.match(ended.stderr, /agent nobody was never seen: see exec-kernel agents/);
  assert.equal(ended.status, 1);
});
