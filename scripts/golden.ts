// The golden logs under every Node that the package runs on: each makes them anew, reads them, decides them again, and all
// of them have to come to the same hashes. What is missing is installed into node_modules/.cache, without scripts.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const CHECK = join(ROOT, "test/golden/make.ts");

/** The oldest that is allowed, the one that this repository is made with, the newest. */
const VERSIONS = ["22.23.3", "24.21.0", "26.10.0"];

type Ran = { readonly status: number | null; readonly output: string };

function run(command: string, args: readonly string[]): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: ROOT, encoding: "utf8" });
  return { status, output: error === undefined ? stdout + (status === 0 ? "" : stderr) : error.message };
}

/** The program of this version; installed where it is not there yet. */
function nodeOf(version: string): string {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(ROOT, "node_modules/.cache", `node-${version}`);
  const program = join(folder, "node_modules", name, platform === "win" ? "bin/node.exe" : "bin/node");
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const flags = ["--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status, output } = run("npm", ["install", "--prefix", folder, ...flags, `${name}@${version}`]);
  if (status !== 0 || !existsSync(program)) throw new Error(`${name}@${version} cannot be installed: ${output.trim()}`);
  return program;
}

function main(): void {
  const outputs = new Set<string>();
  let failed = false;
  for (const version of VERSIONS) {
    const startedMs = performance.now();
    const program = nodeOf(version);
    const told = run(program, ["-p", "process.versions.node"]).output.trim();
    const { status, output } = run(program, [CHECK]);
    outputs.add(output);
    failed ||= status !== 0 || told !== version;
    console.log(`node ${told}, ${((performance.now() - startedMs) / 1_000).toFixed(1)} s\n${output}`);
  }
  if (outputs.size > 1) console.error("golden logs come out otherwise from version to version: see above");
  if (failed || outputs.size > 1) process.exitCode = 1;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
