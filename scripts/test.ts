// Runs the tests: `test.ts fast`, `long` or `paperclip`, then any parts of paths to narrow the choice. The runner's own
// globbing passes when nothing matches, so the files are chosen here.

import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, sep } from "node:path";

const ROOT = join(import.meta.dirname, "..");
// The long ones start processes of their own and measure time: one file after the other.
const SUITES = {
  fast: { filesAtOnce: availableParallelism(), timeoutMs: 60_000 },
  long: { filesAtOnce: 1, timeoutMs: 900_000 },
  paperclip: { filesAtOnce: 1, timeoutMs: 480_000 },
} as const;

type SuiteName = keyof typeof SUITES;

/** Folders of their own; what lies in none of them is fast. */
const FOLDERS: readonly (readonly [prefix: string, suite: SuiteName])[] = [
  [join("test", "long"), "long"],
  [join("test", "paperclip-server"), "paperclip"],
];

/** Data from outside, an old node, a PostgreSQL server: what tests are told by the environment. */
const FOR_TESTS = ["EXEC_KERNEL_DATA", "EXEC_KERNEL_OLD_NODE", "EXEC_KERNEL_TEST_PG"];

const [suiteName, ...parts] = process.argv.slice(2);
const name: SuiteName = suiteName === "long" || suiteName === "paperclip" ? suiteName : "fast";
const suite = SUITES[name];
const files = globSync("test/**/*.test.ts", { cwd: ROOT, exclude: ["**/node_modules"] })
  .filter((path) => suiteOf(path) === name && parts.every((part) => path.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(`no ${name} test found${parts.length > 0 ? ` whose path has ${parts.join(" and ")}` : ""}`);
  process.exit(1);
}

const flags = [
  "--test",
  `--test-concurrency=${suite.filesAtOnce}`,
  `--test-timeout=${suite.timeoutMs}`,
  `--import=${join(ROOT, "scripts/test-guard.ts")}`,
  `--test-reporter=${join(ROOT, "scripts/test-reporter.ts")}`,
  "--test-reporter-destination=stdout",
];
const runner = spawn(process.execPath, [...flags, ...files], { cwd: ROOT, env: cleanEnv(), stdio: ["ignore", 1, 2] });
runner.on("close", (status) => (process.exitCode = status ?? 1));

function suiteOf(path: string): SuiteName {
  return FOLDERS.find(([prefix]) => path.startsWith(prefix + sep))?.[1] ?? "fast";
}

// A developer's own settings must not reach a test, nor a test that developer's store. Extra certificates slow every
// start, and no fast test leaves this machine.
function cleanEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([variable]) => {
    if (variable === "NODE_EXTRA_CA_CERTS") return name === "long";
    if (variable.startsWith("PAPERCLIP_")) return false;
    if (variable.startsWith("PG")) return false;
    return !variable.startsWith("EXEC_KERNEL_") || FOR_TESTS.includes(variable);
  });
  return { ...Object.fromEntries(kept), NODE_COMPILE_CACHE: join(ROOT, "node_modules/.cache/compiled") };
}
