// The tarball that would be published, for the gates and tests that look at the package as its users get it.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");

/** Packs dist as it stands (nothing is built again) into a folder and gives the tarball's path; throws npm's words. */
export function pack(folder: string): string {
  const flags = ["pack", "--ignore-scripts", "--loglevel=error", "--json", `--pack-destination=${folder}`];
  const { status, stdout, stderr } = spawnSync("npm", flags, { cwd: ROOT, encoding: "utf8" });
  const name = /"filename": "([^"]+)"/.exec(stdout)?.[1];
  if (status !== 0 || name === undefined) throw new Error(`npm pack failed: ${stderr}${stdout}`);
  return join(folder, name);
}
