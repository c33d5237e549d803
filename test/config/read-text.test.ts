import assert from "node:assert/strict";
import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadConfig } from "../../src/config/index.ts";
import { failure, load, problems, sandbox } from "./sandbox.ts";

test("a byte order mark, CRLF lines and JSON are read", (t) => {
  assert.equal(load(t, "\ufeffbudget:\r\n  max_steps: 7\r\n").budget.maxSteps, 7);
  assert.equal(load(t, '{"budget": {"max_steps": 8}}').budget.maxSteps, 8);
});

test("text that is not UTF-8 is refused with its line", (t) => {
  assert.deepEqual(problems(t, Buffer.from("# caf\xe9\n", "latin1")), ["1:1: is not utf-8 text"]);
  assert.deepEqual(problems(t, Buffer.from("budget:\n  max_steps: 5 # \xff\n", "latin1")), ["2:1: is not utf-8 text"]);
  assert.deepEqual(problems(t, Buffer.from("\ufeffbudget:\n", "utf16le")), ["1:1: is not utf-8 text"]);
});

test("a NUL and other control characters are refused with their place", (t) => {
  assert.deepEqual(problems(t, "budget:\n  max_steps: 5\0\n"), ["2:15: has the control character U+0000"]);
  assert.deepEqual(problems(t, "# \u001b[2J\n"), ["1:3: has the control character U+001B"]);
});

test("a file may have 1 MiB and not a byte more", (t) => {
  const start = "budget: { max_steps: 9 }\n#";
  assert.equal(load(t, start.padEnd(1_048_576, "x")).budget.maxSteps, 9);
  assert.deepEqual(problems(t, start.padEnd(1_048_577, "x")), ["1:1: is larger than 1048576 bytes"]);
});

test("an endless device is read no further than the limit, an empty one is an empty file", (t) => {
  const { options } = sandbox(t);
  assert.equal(failure(() => loadConfig("/dev/zero", options)).message, "/dev/zero:1:1: is larger than 1048576 bytes");
  assert.equal(loadConfig("/dev/null", options).budget.maxSteps, 50);
});

test("a device or pipe that was only found is refused unread", (t) => {
  const { options } = sandbox(t);
  symlinkSync("/dev/zero", join(options.cwd, ".exec-kernel.yml"));
  assert.match(failure(() => loadConfig(undefined, options)).message, /:1:1: is not a regular file$/);
});

test("links that go in a circle are said", (t) => {
  const { options } = sandbox(t);
  const path = join(options.cwd, ".exec-kernel.yml");
  symlinkSync(path, path);
  assert.equal(
    failure(() => loadConfig(undefined, options)).message,
    `${path}:1:1: cannot be read: its links go in a circle`,
  );
});

test("a file without read permission is said", (t) => {
  const { options, write } = sandbox(t);
  const path = write("cwd/.exec-kernel.yml", "");
  chmodSync(path, 0o000);
  chmodSync(join(path, "..", ".."), 0o755);
  const error = asOrdinaryUser(() => failure(() => loadConfig(undefined, options)));
  assert.equal(error.message, `${path}:1:1: cannot be read: permission denied`);
});

/** Root reads everything: for the length of one synchronous call this process is nobody. */
function asOrdinaryUser<T>(act: () => T): T {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65_534);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}
