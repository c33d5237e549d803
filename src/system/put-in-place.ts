// Gives a finished file its name: it appears whole, and never over another. Whoever reads the name meets no half of it,
// and of several that bring a file for one name exactly one succeeds.

import { existsSync, linkSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "./error-code.ts";
import { syncFolder } from "./sync-folder.ts";

/** What a disk answers that knows no hard links. */
const LINKLESS: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** False where something has the name. */
function named(from: string, to: string): boolean {
  try {
    // Unlike a rename it replaces nothing, whatever came a moment ago.
    linkSync(from, to);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    if (!LINKLESS.has(codeOf(error))) throw error;
    if (existsSync(to)) return false;
    renameSync(from, to);
  }
  return true;
}

/**
 * Puts the file `from`, which is on the disk, under the name `to`, for good; false, and nothing changed, where
 * something has that name.
 * @throws what the system throws.
 */
export function putInPlace(from: string, to: string): boolean {
  if (!named(from, to)) return false;
  rmSync(from, { force: true });
  syncFolder(dirname(to));
  return true;
}
