// The promises of package.json that no other tool holds: which Node may run it, and what the hot bundle may contain.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { ROOT } from "./repository.ts";

const ENGINES = ">=22.23 <23 || >=24.21";
const STUB = readFileSync(join(ROOT, "bin/exec-kernel.cjs"), "utf8");

type Start = { readonly required: readonly string[]; readonly written: string; readonly exitCode: number | undefined };

// Runs the real stub as if a node of this version ran it.
function startUnder(version: string): Start {
  const required: string[] = [];
  const written: string[] = [];
  const stderr = { write: (text: string) => written.push(text) };
  const process = { versions: { node: version }, execPath: "/bin/node", stderr, exitCode: undefined };
  runInNewContext(STUB.replace(/^#!.*/, ""), { process, require: (path: string) => required.push(path) });
  return { required, written: written.join(""), exitCode: process.exitCode };
}

for (const version of ["22.23.0", "22.24.1", "24.21.0", "24.100.0", "25.0.0", "26.10.0", "100.0.0"]) {
  test(`node ${version} is let in without a word`, () => {
    assert.deepEqual(startUnder(version), { required: ["../dist/bin/hot.cjs"], written: "", exitCode: undefined });
  });
}

for (const version of ["0.12.18", "6.17.1", "20.20.2", "22.22.9", "23.11.1", "24.20.9"]) {
  test(`node ${version} is turned away in one line that names both versions`, () => {
    const { required, written, exitCode } = startUnder(version);
    assert.deepEqual({ required, exitCode }, { required: [], exitCode: 3 });
    assert.equal(written, `exec-kernel: needs node ${ENGINES}, found ${version} (/bin/node)\n`);
  });
}

test("the stub speaks of the same versions as engines in package.json", () => {
  assert.match(
    readFileSync(join(ROOT, "package.json"), "utf8"),
    new RegExp(`"node": "${ENGINES.replaceAll("|", "\\|")}"`),
  );
});

test("the stub is in syntax that a node of 2015 can read", () => {
  const code = STUB.split("\n").filter((line) => !line.startsWith("//"));
  assert.doesNotMatch(code.join("\n"), /\b(const|let|class|async|import)\b|=>|`|\?\.|\?\?|\.\.\.|,\s*\)/);
});

test("the hot bundle is small and holds no parser of YAML and no zod", () => {
  const hot = readFileSync(join(ROOT, "dist/bin/hot.cjs"), "utf8");
  assert.ok(Buffer.byteLength(hot) < 80 * 1024, `${Buffer.byteLength(hot)} bytes`);
  assert.doesNotMatch(hot, /\bYAMLParseError\b|\bZodError\b|\$ZodType\b/);
});
