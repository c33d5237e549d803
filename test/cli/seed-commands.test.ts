// The four commands of the Python package as functions: what they answer to which arguments.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCall } from "../../src/cli/args/parse.ts";
import { UsageError } from "../../src/cli/args/usage.ts";
import { SEED_COMMANDS, seedCommand } from "../../src/cli/seed/commands.ts";
import { defaultContext } from "../../src/cli/seed/defaults.ts";
import { withFullFlags } from "../../src/cli/seed/full-flags.ts";
import { SEED_NAMES } from "../../src/cli/seed/names.ts";
import { shown } from "../../src/cli/seed/seed-command.ts";
import type { Answer, SeedContext } from "../../src/cli/seed/seed-command.ts";
import { TaskState } from "../../src/standalone/index.ts";

function ask(argv: string | readonly string[], context: Partial<SeedContext> = {}): Answer {
  const [name = "", ...rest] = typeof argv === "string" ? argv.split(" ") : argv;
  const command = seedCommand(name);
  assert.ok(command !== undefined, name);
  const run = (): Promise<number> => Promise.reject(new Error("not run here"));
  const call = parseCall({ ...command, run }, withFullFlags(rest, command.flags));
  assert.ok(call !== "help");
  return command.judge(call.args, call.flags, { ...defaultContext({}), ...context });
}

function said(argv: string | readonly string[], context: Partial<SeedContext> = {}): string {
  const { line, exit } = ask(argv, context);
  return `${line} [${exit}]`;
}

function refuses(argv: string | readonly string[], message: RegExp): void {
  assert.throws(
    () => ask(argv),
    (error) => {
      assert.ok(error instanceof UsageError, String(error));
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /[\n\r\0]/);
      return true;
    },
  );
}

test("the names that the hot half knows are those of the four commands", () => {
  assert.deepEqual(
    SEED_COMMANDS.map(({ name }) => name),
    SEED_NAMES,
  );
});

test("every example of the four commands parses and is answered", () => {
  for (const { examples } of SEED_COMMANDS) {
    for (const example of examples) {
      const words = example.split(" ").filter((word) => !word.includes("EXEC_KERNEL_AGENT"));
      assert.equal(words.shift(), "exec-kernel");
      assert.notEqual(ask(words).line, "");
    }
  }
});

describe("validate", () => {
  const LEGAL = [
    ["backlog", "todo"],
    ["todo", "in_progress cancelled blocked"],
    ["in_progress", "done blocked cancelled in_review"],
    ["in_review", "done in_progress blocked cancelled"],
    ["blocked", "in_progress cancelled todo"],
  ] as const;

  test("answers all 49 moves with their prefix and exit code", () => {
    const legal = new Set(LEGAL.flatMap(([from, to]) => to.split(" ").map((one) => `${from} ${one}`)));
    for (const from of Object.values(TaskState)) {
      for (const to of Object.values(TaskState)) {
        const { line, exit } = ask(["validate", from, to]);
        assert.match(line, legal.has(`${from} ${to}`) ? /^VALID: \S/ : /^INVALID: \S/);
        assert.equal(exit, legal.has(`${from} ${to}`) ? 0 : 1);
      }
    }
    assert.equal(legal.size, 15);
  });

  test("says what scripts rely on", () => {
    assert.equal(said("validate todo in_progress"), "VALID: Work started [0]");
    assert.equal(said("validate in_progress done"), "VALID: Work completed [0]");
    assert.equal(said("validate todo done"), "INVALID: No valid transition from todo to done [1]");
    assert.equal(said("validate done todo"), "INVALID: No valid transition from done to todo [1]");
  });

  test("names a state that does not exist, the nearest one, and all there are", () => {
    refuses("validate TODO done", /^FROM: there is no state "TODO"; did you mean todo\? states: backlog, todo, /);
    refuses("validate todo dnoe", /^TO: there is no state "dnoe"; did you mean done\? states: /);
    refuses(["validate", "todo", "zzzzzz"], /^TO: there is no state "zzzzzz"; states: backlog/);
    refuses(["validate", "a\nVALID: Work started", "b"], /^FROM: there is no state "a\\u\{a\}VALID/);
    refuses(["validate", "", "done"], /^FROM is empty/);
    refuses("validate todo", /^TO is missing: exec-kernel validate FROM TO$/);
    refuses("validate todo done done", /^unexpected argument "done"/);
    refuses(["validate", "todo", "constructor"], /there is no state "constructor"/);
  });
});

describe("check-loop", () => {
  const ROOT = "check-loop child-1 agent-1 feature";

  test("a root has depth 0, and the child of a parent that nobody knows has 1", () => {
    assert.equal(said(ROOT), "ALLOWED: depth=0 [0]");
    assert.equal(said(`${ROOT} --parent-task-id parent-1`), "ALLOWED: depth=1 [0]");
    assert.equal(said([...ROOT.split(" "), "--parent-task-id", ""]), "ALLOWED: depth=0 [0]");
    assert.equal(said(`${ROOT} --created-by-task-id x`), "ALLOWED: depth=0 [0]");
  });

  test("too deep, its own parent and its own maker are denied", () => {
    assert.equal(said(`${ROOT} --max-depth 0`), "ALLOWED: depth=0 [0]");
    assert.equal(
      said(`${ROOT} --parent-task-id p --max-depth 0`),
      "DENIED: [depth_exceeded] depth 1, limit 0. create nothing; do it inside p [1]",
    );
    assert.match(said(`${ROOT} --parent-task-id child-1`), /^DENIED: \[cycle_detected\] .* \[1\]$/);
    assert.match(said(`${ROOT} --created-by-task-id child-1`), /^DENIED: \[cycle_detected\] .* \[1\]$/);
    assert.match(said(`${ROOT} --parent-task-id child-1 --max-depth 0`), /^DENIED: \[depth_exceeded\] /);
  });

  test("what a store knows counts: depth, the same agent and kind, an end", () => {
    const known = [
      { taskId: "r", agentId: "agent-0", taskType: "epic", depth: 0 },
      { taskId: "p", agentId: "agent-1", taskType: "feature", parentTaskId: "r", depth: 1 },
    ];
    assert.equal(said(`check-loop c agent-2 feature --parent-task-id p`, { known }), "ALLOWED: depth=2 [0]");
    assert.match(said(`${ROOT} --parent-task-id p`, { known }), /^DENIED: \[identity_loop\] /);
    assert.match(said(`${ROOT}`, { ended: ["child-1"] }), /^DENIED: \[reprocess_detected\] /);
    assert.match(said(`check-loop r agent-2 fix --parent-task-id p`, { known }), /^DENIED: \[cycle_detected\] /);
  });

  test("the limit is the flag's, else the surroundings'", () => {
    assert.match(said(`${ROOT} --parent-task-id p`, { maxDepth: 0 }), /^DENIED/);
    assert.match(said(`${ROOT} --parent-task-id p --max-depth 1`, { maxDepth: 0 }), /^ALLOWED/);
  });

  test("ids that could forge a line, or are none, are refused", () => {
    refuses(["check-loop", "a\nALLOWED: depth=0", "b", "c"], /^TASK has a control character, U\+000A at 1: remove it$/);
    refuses(["check-loop", "a", "b\u009b", "c"], /^AGENT has a control character, U\+009B/);
    refuses(["check-loop", "a", "b", "x".repeat(10_240)], /^KIND has 10240 bytes, limit 200$/);
    refuses(["check-loop", "a", "", "c"], /^AGENT is empty/);
    refuses(
      ["check-loop", "a", "b", "c", "--parent-task-id", "\0"],
      /^--parent-task-id has a control character, U\+0000/,
    );
    refuses(["check-loop", "a", "b", "c", "--parent-task-id", " "], /^--parent-task-id is empty$/);
    refuses(["check-loop", "a\ud800", "b", "c"], /^TASK has a lone surrogate/);
  });
});

describe("check-budget", () => {
  const T = "check-budget task-1";

  test("steps: at the limit is within it, one more is not", () => {
    assert.equal(said(`${T} --steps 10 --max-steps 10`), "OK: 10 steps, 0s elapsed (max 10 steps, 1800s) [0]");
    assert.equal(
      said(`${T} --steps 11 --max-steps 10`),
      "EXCEEDED: [steps] Task task-1 exceeded step budget: 11 steps taken, max 10 [1]",
    );
    assert.equal(said(T), "OK: 0 steps, 0s elapsed (max 50 steps, 1800s) [0]");
    assert.match(said(`${T} --steps 1 --max-steps 0`), /^EXCEEDED: \[steps\] /);
  });

  test("duration is compared, after the steps", () => {
    assert.equal(said(`${T} --duration 1800`), "OK: 0 steps, 1800s elapsed (max 50 steps, 1800s) [0]");
    assert.equal(
      said(`${T} --duration 5000`),
      "EXCEEDED: [duration] Task task-1 is out of time: 5000s used, max 1800s [1]",
    );
    assert.match(said(`${T} --max-duration 5 --duration 6`), /^EXCEEDED: \[duration\] /);
    assert.match(said(`${T} --steps 51 --duration 5000`), /^EXCEEDED: \[steps\] /);
    assert.equal(said(`${T} --max-duration 0`), "OK: 0 steps, 0s elapsed (max 50 steps, 0s) [0]");
  });

  test("the largest numbers are compared exactly", () => {
    const most = Number.MAX_SAFE_INTEGER;
    assert.match(said(`${T} --steps ${most} --max-steps ${most}`), /^OK: 9007199254740991 steps, /);
    assert.match(said(`${T} --steps ${most} --max-steps ${most - 1}`), /^EXCEEDED: \[steps\] /);
    assert.match(said(`${T} --duration ${most} --max-duration ${most - 1}`), /^EXCEEDED: \[duration\] /);
  });

  test("the limits are the flags', else the surroundings'", () => {
    const context = { maxSteps: 3, maxDurationSeconds: 60 };
    assert.equal(said(`${T} --steps 3`, context), "OK: 3 steps, 0s elapsed (max 3 steps, 60s) [0]");
    assert.match(said(`${T} --steps 4`, context), /^EXCEEDED: \[steps\] /);
    assert.match(said(`${T} --steps 4 --max-steps 5`, context), /^OK: 4 steps, 0s elapsed \(max 5 steps, 60s\)/);
  });

  test("numbers are plain: a sign and leading zeros pass, every other spelling is refused", () => {
    for (const [text, value] of [
      ["+5", 5],
      ["007", 7],
      ["-0", 0],
      ["0", 0],
    ] as const) {
      assert.match(said([...T.split(" "), `--steps=${text}`]), new RegExp(`^OK: ${value} steps, `));
      assert.match(said([...T.split(" "), "--steps", text]), new RegExp(`^OK: ${value} steps, `));
    }
    for (const text of ["1.5", "1e3", "0x10", "1_0", " 5 ", "abc", "", "５", "NaN", "Infinity", "--5"]) {
      refuses([...T.split(" "), `--steps=${text}`], /^--steps ".*" is not a whole number$/);
    }
    refuses(`${T} --steps -1`, /^--steps -1 is too small: at least 0$/);
    refuses(`${T} --max-steps=-1`, /^--max-steps -1 is too small: at least 0$/);
    refuses(`${T} --max-duration -1`, /^--max-duration -1 is too small/);
    refuses(`${T} --steps 9007199254740992`, /^--steps "9007199254740992" is too large: at most 9007199254740991$/);
  });
});

describe("sleep", () => {
  test("says the line that scripts rely on", () => {
    const line = "SLEEP:idle agent=agent-1 reason=no_tasks timeout=30s [0]";
    assert.equal(said("sleep --timeout 30 --agent-id agent-1"), line);
    assert.equal(said("sleep --agent-id agent-1 --api-url http://nowhere"), line);
    assert.equal(said("sleep"), "SLEEP:idle agent= reason=no_tasks timeout=30s [0]");
    assert.equal(said("sleep --timeout 0"), "SLEEP:idle agent= reason=no_tasks timeout=0s [0]");
  });

  test("the agent is the flag's, else EXEC_KERNEL_AGENT, else PAPERCLIP_AGENT_ID", () => {
    const both = { EXEC_KERNEL_AGENT: "ours", PAPERCLIP_AGENT_ID: "theirs" };
    assert.equal(defaultContext(both).agentId, "ours");
    assert.equal(defaultContext({ ...both, EXEC_KERNEL_AGENT: "" }).agentId, "theirs");
    assert.match(said("sleep", { agentId: "theirs" }), /agent=theirs /);
    assert.match(said("sleep --agent-id mine", { agentId: "theirs" }), /agent=mine /);
    assert.match(said(["sleep", "--agent-id", ""], { agentId: "theirs" }), /agent=theirs /);
  });

  test("a name that could forge a line is refused, wherever it comes from", () => {
    refuses(["sleep", "--agent-id", "a\nb"], /^--agent-id has a control character/);
    assert.throws(
      () => ask("sleep", { agentId: "a\nb" }),
      /^UsageError: the agent's name in the environment has a control/,
    );
    refuses("sleep --timeout -1", /^--timeout -1 is too small: at least 0$/);
  });
});

describe("flags", () => {
  test("may be cut short as long as one flag only is meant", () => {
    assert.match(said("check-budget t --st 11 --max-s=10"), /^EXCEEDED: \[steps\] /);
    assert.match(said("check-loop a b c --par p --max 0"), /^DENIED: \[depth_exceeded\] /);
    refuses("check-budget t --max 3", /^unknown flag "--max"/);
    assert.deepEqual(withFullFlags(["--", "--st"], { steps: { about: "" } }), ["--", "--st"]);
    assert.deepEqual(withFullFlags(["--store", "x", "-s", "st"], { steps: { about: "" } }), [
      "--store",
      "x",
      "-s",
      "st",
    ]);
  });

  test("the last of a repeated flag counts, and -- ends the flags", () => {
    assert.match(said("check-budget t --steps 99 --steps 1"), /^OK: 1 steps/);
    assert.equal(said("validate -- todo in_progress"), "VALID: Work started [0]");
    assert.match(said(["check-budget", "--", "-1"]), /^OK/);
  });

  test("what is no flag is refused with the nearest one", () => {
    refuses("check-budget t --stpes 3", /^unknown flag "--stpes", did you mean --steps\?$/);
    refuses("sleep --timeout", /^--timeout needs a value: --timeout SECONDS$/);
    refuses("sleep --timeout --agent-id x", /^--timeout needs a value/);
  });
});

describe("what is printed", () => {
  test("--json is the decision, with the code of the reason table and the deciding numbers", () => {
    const parsed = (argv: string): unknown => JSON.parse(shown(ask(argv), { json: true, quiet: false }) ?? "");
    assert.deepEqual(parsed("validate todo in_progress"), {
      verdict: "granted",
      code: "task.moved",
      message: "Work started",
      numbers: { from: "todo", to: "in_progress" },
      next: [],
    });
    assert.deepEqual(parsed("validate todo done"), {
      verdict: "refused",
      code: "lifecycle.transition_skipped",
      message: "No valid transition from todo to done",
      numbers: { from: "todo", to: "done", legal: "in_progress, blocked, cancelled" },
      next: ["todo -> in_progress", "todo -> blocked", "todo -> cancelled"],
    });
    assert.deepEqual(parsed("check-budget t --steps 11 --max-steps 10"), {
      verdict: "refused",
      code: "budget.hard_limit",
      message: "Task t exceeded step budget: 11 steps taken, max 10",
      numbers: { scope: "task/t", dimension: "steps", used: 11, limit: 10 },
      next: ["write down what is done and what is left, and stop"],
    });
  });

  test("every kind of answer has its code", () => {
    const codes = [
      ["validate done done", "lifecycle.same_state"],
      ["validate done todo", "lifecycle.terminal"],
      ["check-loop a b c", "task.created"],
      ["check-loop a b c --parent-task-id a", "lineage.cycle"],
      ["check-loop a b c --parent-task-id p --max-depth 0", "lineage.depth_exceeded"],
      ["check-budget t", "step.recorded"],
      ["check-budget t --duration 2000", "budget.hard_limit"],
      ["sleep", "agent.slept"],
    ];
    for (const [argv = "", code] of codes) assert.equal(ask(argv).decision.code, code, argv);
  });

  test("--quiet prints nothing; with --json the decision", () => {
    const answer = ask("validate todo done");
    assert.equal(shown(answer, { json: false, quiet: true }), null);
    assert.match(shown(answer, { json: true, quiet: true }) ?? "", /^\{"verdict":"refused"/);
  });
});
