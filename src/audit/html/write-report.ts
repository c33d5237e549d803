// Writes the page: at once or not at all, readable by its owner only, and never over a file that is something else.

import { lstat, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { REPORT_MARK } from "./report-page.ts";

/** The mark stands this near to the beginning. */
const LOOK_BYTES = 512;
const OWNER_ONLY = 0o600;

async function beginning(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOK_BYTES), 0, LOOK_BYTES, 0);
    return buffer.subarray(0, bytesRead).toString();
  } finally {
    await file.close();
  }
}

function isAbsent(fault: unknown): boolean {
  return fault instanceof Error && "code" in fault && fault.code === "ENOENT";
}

/** Why nothing may be written there; null where a new page, or a newer one, may. Throws what the system throws. */
export async function reportPathProblem(path: string): Promise<string | null> {
  try {
    const about = await lstat(dirname(path));
    if (!about.isDirectory() && !about.isSymbolicLink()) return "its folder is no folder";
  } catch (fault) {
    if (isAbsent(fault)) return "its folder is not there";
    throw fault;
  }
  try {
    const about = await lstat(path);
    if (!about.isFile()) return "it is there, and no regular file";
    return (await beginning(path)).includes(REPORT_MARK) ? null : "it is there, and no report of this command";
  } catch (fault) {
    if (isAbsent(fault)) return null;
    throw fault;
  }
}

/** Writes the page beside its place and then puts it there. */
export async function writeReport(path: string, text: string): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}`);
  try {
    const file = await open(beside, "wx", OWNER_ONLY);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (fault) {
    await rm(beside, { force: true });
    throw fault;
  }
}
