import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkConfig, loadConfig } from "../../src/config/index.ts";
import { failure, sandbox } from "./sandbox.ts";

function depth(number: number): string {
  return `lifecycle: { max_depth: ${number} }\n`;
}

test("without a file the defaults hold and there is no source", (t) => {
  const config = loadConfig(undefined, sandbox(t).options);
  assert.deepEqual(config, {
    lifecycle: { maxDepth: 10, maxHeapSize: 1_000 },
    budget: { maxSteps: 50, maxDepth: 10, maxDurationSeconds: 1_800 },
    paperclip: { apiUrl: "http://127.0.0.1:3100" },
    policy: null,
    source: null,
  });
});

test("the first place that has a file wins: explicit, working directory, home, etc", (t) => {
  const { options, write } = sandbox(t);
  const found = (path?: string): readonly unknown[] => {
    const { lifecycle, source } = loadConfig(path, options);
    return [lifecycle.maxDepth, source];
  };
  const etc = write("etc.yml", depth(1));
  assert.deepEqual(found(), [1, etc]);
  const home = write("home/.exec-kernel.yml", depth(2));
  assert.deepEqual(found(), [2, home]);
  const local = write("cwd/.exec-kernel.yml", depth(3));
  assert.deepEqual(found(), [3, local]);
  const explicit = write("cwd/other.yml", depth(4));
  assert.deepEqual(found("other.yml"), [4, explicit]);
  assert.deepEqual(found(explicit), [4, explicit]);
});

test("files are not merged with each other: an empty one hides the next", (t) => {
  const { options, write } = sandbox(t);
  write("home/.exec-kernel.yml", depth(2));
  write("cwd/.exec-kernel.yml", "");
  assert.equal(loadConfig(undefined, options).lifecycle.maxDepth, 10);
});

test("EXEC_KERNEL_CONFIG names the file, and a path given in the call beats it", (t) => {
  const { options, write } = sandbox(t);
  write("cwd/.exec-kernel.yml", depth(1));
  write("cwd/a.yml", depth(2));
  write("cwd/b.yml", depth(3));
  const env = { EXEC_KERNEL_CONFIG: "a.yml" };
  assert.equal(loadConfig(undefined, { ...options, env }).lifecycle.maxDepth, 2);
  assert.equal(loadConfig("b.yml", { ...options, env }).lifecycle.maxDepth, 3);
  assert.equal(loadConfig(undefined, { ...options, env: { EXEC_KERNEL_CONFIG: "" } }).lifecycle.maxDepth, 1);
});

test("an explicit file that is not there is an error, not a reason to look elsewhere", (t) => {
  const { options, write } = sandbox(t);
  write("cwd/.exec-kernel.yml", depth(1));
  const error = failure(() => loadConfig("gone.yml", options));
  assert.equal(error.message, `${join(options.cwd, "gone.yml")}:1:1: there is no such file`);
  assert.match(
    failure(() => loadConfig(undefined, { ...options, env: { EXEC_KERNEL_CONFIG: "gone.yml" } })).message,
    /no such file$/,
  );
  assert.match(
    failure(() => loadConfig("no\0name", options)).message,
    /no\\u\{0\}name:1:1: cannot be read \(ERR_INVALID_ARG_VALUE\)$/,
  );
});

test("a folder that stands where the file should is an error, also when it was only found", (t) => {
  const { options } = sandbox(t);
  mkdirSync(join(options.cwd, ".exec-kernel.yml"));
  const path = join(options.cwd, ".exec-kernel.yml");
  assert.equal(failure(() => loadConfig(undefined, options)).message, `${path}:1:1: is a directory, not a file`);
  assert.deepEqual(checkConfig(undefined, options), {
    source: path,
    problems: [{ file: path, line: 1, column: 1, message: "is a directory, not a file", severity: "error" }],
    lifecycle: null,
  });
});

test("left to itself it looks in the process's own working directory and home, also when the first is gone", (t) => {
  const { options, write } = sandbox(t);
  const local = write("cwd/.exec-kernel.yml", "");
  const home = write("home/.exec-kernel.yml", "");
  const script = `
    const { loadConfig } = await import(${JSON.stringify(join(import.meta.dirname, "../../src/config/index.ts"))});
    console.log(loadConfig().source);
    (await import("node:fs")).rmSync(process.cwd(), { recursive: true });
    console.log(loadConfig().source);`;
  const env = { PATH: process.env["PATH"], HOME: options.home };
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: options.cwd,
    env,
    encoding: "utf8",
  });
  assert.equal(stdout, `${local}\n${home}\n`, stderr);
});
