// Writes the page: at once or not at all, readable by its owner only, and never over a file that is something else.

import { lstat, open, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf, putInPlace } from "../../system/index.ts";
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

async function folderProblem(path: string): Promise<string | null> {
  try {
    const about = await lstat(dirname(path));
    return about.isDirectory() || about.isSymbolicLink() ? null : "its folder is no folder";
  } catch (fault) {
    if (codeOf(fault) === "ENOENT") return "its folder is not there";
    throw fault;
  }
}

type Place = { readonly isFree: boolean; readonly problem: string | null };

async function placeAt(path: string): Promise<Place> {
  try {
    const about = await lstat(path);
    if (!about.isFile()) return { isFree: false, problem: "it is there, and no regular file" };
    const isReport = (await beginning(path)).includes(REPORT_MARK);
    return { isFree: false, problem: isReport ? null : "it is there, and no report of this command" };
  } catch (fault) {
    if (codeOf(fault) === "ENAMETOOLONG") return { isFree: false, problem: "its name is too long" };
    if (codeOf(fault) === "ENOENT") return { isFree: true, problem: null };
    throw fault;
  }
}

/** Why nothing may be written there; null where a new page, or a newer one, may. Throws what the system throws. */
export async function reportPathProblem(path: string): Promise<string | null> {
  if (/[\\/]$/.test(path)) return "it names a folder";
  return (await folderProblem(path)) ?? (await placeAt(path)).problem;
}

/** What the system would say of it, so that it is told as such. */
function occupied(path: string, problem: string): Error {
  return Object.assign(new Error(problem), { code: "EEXIST", syscall: "link", path });
}

/** Gives the file that was written its name; throws where something else has come to stand there. */
async function giveName(beside: string, path: string): Promise<void> {
  const { isFree, problem } = await placeAt(path);
  if (problem !== null) throw occupied(path, problem);
  if (!isFree) return rename(beside, path);
  if (!putInPlace(beside, path)) throw occupied(path, "it is there, and was not a moment ago");
}

async function writeWhole(file: FileHandle, text: string): Promise<void> {
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes the page beside its place and then puts it there. */
export async function writeReport(path: string, text: string): Promise<void> {
  // Not made of the page's own name, which may be as long as a name can be.
  const beside = join(dirname(path), `.exec-kernel-${process.pid}.tmp`);
  const file = await open(beside, "wx", OWNER_ONLY);
  try {
    await writeWhole(file, text);
    await giveName(beside, path);
  } catch (fault) {
    await rm(beside, { force: true });
    throw fault;
  }
}
