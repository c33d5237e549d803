// The four commands of the Python package as processes: bytes, exit codes, and what configuration and faults do to them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { assertOneLine, BIN, sandbox } from "../support/cli.ts";

const home = await sandbox({ init: false });

function configure(text: string): string {
  const path = join(home.project, ".exec-kernel.yml");
  writeFileSync(path, text);
  return path;
}

const LINES: readonly (readonly [command: string, stdout: string, status: number])[] = [
  ["validate todo in_progress", "VALID: Work started", 0],
  ["validate todo done", "INVALID: No valid transition from todo to done", 1],
  ["check-loop child-1 agent-1 feature --parent-task-id parent-1", "ALLOWED: depth=1", 0],
  ["check-budget task-1 --steps 5 --max-steps 10", "OK: 5 steps, 0s elapsed (max 10 steps, 1800s)", 0],
  [
    "check-budget task-1 --steps 15 --max-steps 10",
    "EXCEEDED: [steps] Task task-1 exceeded step budget: 15 steps taken, max 10",
    1,
  ],
  ["sleep --timeout 30 --agent-id agent-1", "SLEEP:idle agent=agent-1 reason=no_tasks timeout=30s", 0],
];

for (const [command, stdout, status] of LINES) {
  test(`"${command}" is answered to the byte`, async () => {
    assert.deepEqual(await home.run(command.split(" ")), { stdout: `${stdout}\n`, stderr: "", status, signal: null });
  });
}

describe("the call", () => {
  test("flags for every command may stand before or after the command's name", async () => {
    const before = await home.run(["--json", "validate", "todo", "done"]);
    const after = await home.run(["validate", "todo", "done", "--json"]);
    assert.deepEqual(before, after);
    assert.equal(after.status, 1);
    assert.match(after.stdout, /^\{"verdict":"refused","code":"lifecycle\.transition_skipped",.*\}\n$/);
  });

  test("--help of each tells its flags, examples and exit codes", async () => {
    for (const name of ["validate", "check-loop", "check-budget", "sleep"]) {
      const help = await home.ok([name, "--help"]);
      assert.match(help, new RegExp(`^${name}: .*\\n\\nusage\\n  exec-kernel ${name}`));
      assert.match(help, /\nexamples\n  exec-kernel [\s\S]*\nexit codes\n  0 /);
    }
  });

  test("a wrong call is one line on stderr, exit 2", async () => {
    const wrong = [
      ["validate", "TODO", "done"],
      ["validate", "todo"],
      ["validate", "todo", ""],
      ["check-loop", "a\nb", "c", "d"],
      ["check-loop", "a", "b", "c", "--max-depth", "-1"],
      ["check-budget", "t", "--steps", "99999999999999999999"],
      ["check-budget", "t", "--frob"],
      ["sleep", "--timeout", "soon"],
      ["sleep", "extra"],
    ];
    for (const args of wrong) {
      const ended = await home.run(args);
      assert.equal(ended.status, 2, args.join(" "));
      assertOneLine(ended);
    }
  });
});

describe("a configuration", () => {
  test("gives the limits that no flag gives", async () => {
    const path = configure("lifecycle: { max_depth: 0 }\nbudget: { max_steps: 3, max_duration_seconds: 60 }\n");
    assert.equal(await home.ok(["check-budget", "t", "--steps", "3"]), "OK: 3 steps, 0s elapsed (max 3 steps, 60s)");
    assert.equal((await home.run(["check-budget", "t", "--steps", "4"])).status, 1);
    assert.equal((await home.run(["check-loop", "c", "a", "f", "--parent-task-id", "p"])).status, 1);
    const given = ["check-loop", "c", "a", "f", "--parent-task-id", "p", "--max-depth", "1"];
    assert.equal(await home.ok(given), "ALLOWED: depth=1");
    rmSync(path);
  });

  test("is overridden by variables, and the home's counts where the folder has none", async () => {
    const path = join(home.home, ".exec-kernel.yml");
    writeFileSync(path, "budget: { max_steps: 3 }\n");
    assert.equal(await home.ok(["check-budget", "t"]), "OK: 0 steps, 0s elapsed (max 3 steps, 1800s)");
    const env = { EXEC_KERNEL_BUDGET_MAX_STEPS: "4" };
    assert.equal(await home.ok(["check-budget", "t"], { env }), "OK: 0 steps, 0s elapsed (max 4 steps, 1800s)");
    rmSync(path);
    assert.equal(await home.ok(["check-budget", "t"], { env }), "OK: 0 steps, 0s elapsed (max 4 steps, 1800s)");
    const loop = { env: { EXEC_KERNEL_LIFECYCLE_MAX_DEPTH: "0" } };
    assert.equal((await home.run(["check-loop", "c", "a", "f", "--parent-task-id", "p"], loop)).status, 1);
  });

  test("that is wrong is named with its place; it does not touch what needs none", async () => {
    const path = configure("budget:\n  max_stpes: 3\n");
    const ended = await home.run(["check-budget", "t"]);
    assert.equal(ended.status, 2);
    assertOneLine(ended);
    assert.match(ended.stderr, /\.exec-kernel\.yml:2:3: .*max_steps/);
    assert.equal(await home.ok(["validate", "todo", "in_progress"]), "VALID: Work started");
    assert.match(await home.ok(["check-budget", "t", "--max-steps", "1", "--max-duration", "1"]), /^OK/);
    assert.match(await home.ok(["sleep"]), /^SLEEP/);
    rmSync(path);
  });

  test("that is named and not there, or a variable that is no number, is an error", async () => {
    for (const env of [{ EXEC_KERNEL_CONFIG: "absent.yml" }, { EXEC_KERNEL_BUDGET_MAX_STEPS: "many" }]) {
      const ended = await home.run(["check-budget", "t"], { env });
      assert.equal(ended.status, 2);
      assertOneLine(ended);
    }
  });
});

describe("a fault", () => {
  const noFull = existsSync("/dev/full") ? false : "no /dev/full on this system";
  test("output that cannot be written is exit 2 and one line, whatever the verdict", { skip: noFull }, async () => {
    await home.ok(["validate", "todo", "in_progress"]);
    for (const args of [
      ["validate", "todo", "in_progress"],
      ["check-loop", "a", "b", "c"],
    ]) {
      const full = openSync("/dev/full", "w");
      const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], {
        cwd: home.project,
        env: home.env(),
        encoding: "utf8",
        stdio: ["ignore", full, "pipe"],
      });
      closeSync(full);
      assert.deepEqual({ status, stderr }, { status: 2, stderr: "exec-kernel: stdout cannot be written (ENOSPC)\n" });
    }
  });

  test("a working folder that is gone is one line; validate needs none", async () => {
    await home.ok(["validate", "todo", "in_progress"]);
    const run = (command: string): { status: number | null; stderr: string; stdout: string } => {
      const folder = join(home.home, "gone");
      mkdirSync(folder);
      const script = `rmdir "${folder}" && exec "${process.execPath}" "${BIN}" ${command}`;
      return spawnSync("sh", ["-c", script], { cwd: folder, env: home.env(), encoding: "utf8" });
    };
    assert.equal(run("validate todo in_progress").stdout, "VALID: Work started\n");
    const { status, stderr, stdout } = run("check-budget t");
    assert.equal(status, 2);
    assertOneLine({ stdout, stderr, status, signal: null });
  });
});
