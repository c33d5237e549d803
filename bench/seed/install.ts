// Installs the seed into a folder of its own, which `npm ci` clears.

import { spawnSync } from "node:child_process";
import { pythonIn, SEED_FOLDER, SEED_VERSION } from "./seed.ts";

function ran(command: string, args: readonly string[]): string | null {
  const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] });
  if (error !== undefined) return `${command} cannot be started (${error.message})`;
  return status === 0 ? null : `${command} ${args.join(" ")} failed: ${stderr.trim().split("\n").at(-1) ?? ""}`;
}

/** Makes the folder with Python's own tools; returns what went wrong, or null. */
export function installSeed(): string | null {
  return (
    ran("python3", ["-m", "venv", SEED_FOLDER]) ??
    ran(pythonIn(SEED_FOLDER), ["-m", "pip", "install", "--quiet", `exec-kernel==${SEED_VERSION}`])
  );
}
