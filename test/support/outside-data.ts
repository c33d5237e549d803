// Data that is real and not ours to copy: found outside the project by EXEC_KERNEL_DATA, and done without where it is
// absent. This is the only file that knows where it may lie.

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const FOLDER = resolve(process.env["EXEC_KERNEL_DATA"] ?? join(import.meta.dirname, "../../../shared/data"));

/** The absolute path of a piece of outside data ("beads/history.jsonl.gz"), or null where this machine has none. */
export function outsideData(name: string): string | null {
  const path = join(FOLDER, name);
  return existsSync(path) ? path : null;
}

/** For a test's skip option: false when every piece is here, else a line that names what is absent. */
export function skipWithout(...names: readonly string[]): string | false {
  const absent = names.filter((name) => outsideData(name) === null);
  if (absent.length === 0) return false;
  return `outside data absent: ${absent.join(", ")} (set EXEC_KERNEL_DATA to the folder that holds it)`;
}
