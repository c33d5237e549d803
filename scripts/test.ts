// Runs the tests: `test.ts fast` or `test.ts long`, then any parts of paths to narrow the choice. The runner's own
// globbing passes when nothing matches, so the files are chosen here.

import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
// The long ones start processes of their own and measure time: one file after the other.
const SUITES = {
  fast: { filesAtOnce: availableParallelism(), timeoutMs: 60_000 },
  long: { filesAtOnce: 1, timeoutMs: 900_000 },
} as const;

const [suiteName, ...parts] = process.argv.slice(2);
const long = suiteName === "long";
const suite = long ? SUITES.long : SUITES.fast;
const files = globSync("test/**/*.test.ts", { cwd: ROOT })
  .filter((path) => path.startsWith(join("test", "long")) === long && parts.every((part) => path.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(`no ${suiteName} test found${parts.length > 0 ? ` whose path has ${parts.join(" and ")}` : ""}`);
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

// A developer's own settings must not reach a test, nor a test that developer's store. Extra certificates slow every
// start, and no fast test leaves this machine.
function cleanEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => {
    if (name === "NODE_EXTRA_CA_CERTS") return long;
    return !name.startsWith("EXEC_KERNEL_") || name === "EXEC_KERNEL_DATA" || name === "EXEC_KERNEL_OLD_NODE";
  });
  return { ...Object.fromEntries(kept), NODE_COMPILE_CACHE: join(ROOT, "node_modules/.cache/compiled") };
}
