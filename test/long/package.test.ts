// The package as its users get it: packed, installed by npm in an empty folder, run there.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { pack } from "../../scripts/pack.ts";

const folder = mkdtempSync(join(tmpdir(), "exec-kernel-installed-"));
const bin = join(folder, "node_modules/.bin/exec-kernel");

before(() => {
  writeFileSync(join(folder, "package.json"), `{"private": true, "type": "module"}`);
  const npm = spawnSync("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", pack(folder)], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(npm.status, 0, npm.stderr);
});

after(() => rmSync(folder, { recursive: true }));

type Ended = { readonly stdout: string; readonly stderr: string; readonly status: number | null };

// In a home of its own, so that no store or configuration of this machine is found.
function run(node: string, flags: readonly string[]): Ended {
  const home = join(folder, "home");
  mkdirSync(home, { recursive: true });
  const env = { PATH: process.env["PATH"], HOME: home, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home };
  const { stdout, stderr, status } = spawnSync(node, flags, { cwd: home, env, encoding: "utf8" });
  return { stdout, stderr, status };
}

const EXCEEDED = "EXCEEDED: [steps] Task task-1 exceeded step budget: 15 steps taken, max 10";
const SEED_LINES: readonly (readonly [command: string, stdout: string, status: number])[] = [
  ["validate todo in_progress", "VALID: Work started", 0],
  ["validate todo done", "INVALID: No valid transition from todo to done", 1],
  ["check-loop child-1 agent-1 feature --parent-task-id parent-1", "ALLOWED: depth=1", 0],
  ["check-budget task-1 --steps 5 --max-steps 10", "OK: 5 steps, 0s elapsed (max 10 steps, 1800s)", 0],
  ["check-budget task-1 --steps 15 --max-steps 10", EXCEEDED, 1],
  ["sleep --timeout 30 --agent-id agent-1", "SLEEP:idle agent=agent-1 reason=no_tasks timeout=30s", 0],
];

for (const [command, stdout, status] of SEED_LINES) {
  test(`the installed package answers "${command}" to the byte`, () => {
    assert.deepEqual(run(process.execPath, [bin, ...command.split(" ")]), {
      stdout: `${stdout}\n`,
      stderr: "",
      status,
    });
  });
}

test("the installed package can be imported by each of its names", () => {
  const program = `
    import { TaskLifecycle } from "exec-kernel";
    import * as kernel from "exec-kernel/kernel";
    import * as core from "exec-kernel/core";
    import * as store from "exec-kernel/store";
    import * as config from "exec-kernel/config";
    import * as paperclip from "exec-kernel/paperclip";
    const empty = [kernel, core, store, config, paperclip].filter((one) => Object.keys(one).length === 0).length;
    console.log(new TaskLifecycle("t", { currentState: "todo" }).transition("in_progress"), empty);
  `;
  writeFileSync(join(folder, "program.mjs"), program);
  const ended = run(process.execPath, [join(folder, "program.mjs")]);
  assert.deepEqual(ended, { stdout: "Work started 0\n", stderr: "", status: 0 });
});

test("the program that README.md shows runs as it stands", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
  const program = /^```js\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? "";
  const says = /^prints `([^`]+)`/m.exec(readme)?.[1];
  writeFileSync(join(folder, "readme.mjs"), program);
  assert.deepEqual(run(process.execPath, [join(folder, "readme.mjs")]), { stdout: `${says}\n`, stderr: "", status: 0 });
});

const oldNode = findOldNode();
const noOldNode = oldNode === null ? "no node before 22 in PATH (set EXEC_KERNEL_OLD_NODE to one)" : false;

test("an old node gets one clear line and exit 3", { skip: noOldNode }, () => {
  const { stdout, stderr, status } = run(oldNode ?? "", [bin, "validate", "todo", "in_progress"]);
  assert.deepEqual({ stdout, status }, { stdout: "", status: 3 });
  assert.match(stderr, /^exec-kernel: needs node >=22\.23 <23 \|\| >=24\.21, found \d+\.\d+\.\d+ \(.+\)\n$/);
});

function findOldNode(): string | null {
  const named = process.env["EXEC_KERNEL_OLD_NODE"];
  if (named !== undefined) return named;
  const found = (process.env["PATH"] ?? "").split(delimiter).map((place) => join(place, "node"));
  return found.find((path) => existsSync(path) && majorOf(path) < 22) ?? null;
}

function majorOf(path: string): number {
  const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  return Number(/^v(\d+)\./.exec(stdout)?.[1] ?? Infinity);
}
