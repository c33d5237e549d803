// Every gate that needs no running of the product: types, lint, format, dead code, and the package as it would be
// published. All run even if one fails, so that one round shows all there is to mend. Ends non-zero if any failed.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pack } from "./pack.ts";

const ROOT = join(import.meta.dirname, "..");
const TOOLS = join(ROOT, "node_modules/.bin");

const packFolder = mkdtempSync(join(tmpdir(), "exec-kernel-pack-"));
try {
  const tarball = pack(packFolder);
  const failed = [
    passes("types", "tsc", ["-b"]),
    passes("lint", "oxlint", ["--report-unused-disable-directives", "."]),
    passes("format", "oxfmt", ["--check", "."]),
    passes("dead code", "knip", []),
    passes("package", "publint", ["--strict", tarball]),
    passes("package types", "attw", ["--profile", "esm-only", tarball]),
  ].filter((passed) => !passed).length;
  if (failed > 0) console.error(`${failed} failed (npm run fix mends what a tool can)`);
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  rmSync(packFolder, { recursive: true });
}

function passes(name: string, tool: string, flags: readonly string[]): boolean {
  const startedMs = performance.now();
  const env = { ...process.env, PATH: `${TOOLS}${delimiter}${process.env["PATH"] ?? ""}` };
  const { status, stdout, stderr } = spawnSync(tool, flags, { cwd: ROOT, env, encoding: "utf8" });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} ${seconds} s`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status === 0;
}
