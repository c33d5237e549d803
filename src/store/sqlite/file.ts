// The file before SQLite touches it: is it there, is it ours, may it be written. SQLite alone would write its first page
// into a foreign empty file, or give one vague error for five different mistakes.

import {
  accessSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
  type Stats,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { codeOf, syncFolder } from "../../system/index.ts";
import { StoreFault } from "../fault.ts";
import { APPLICATION_ID } from "./migrations.ts";
import { damaged, fromSystem } from "./sql-fault.ts";

const MAGIC = "SQLite format 3\0";
const HEADER_BYTES = 100;
const PAGE_SIZE_AT = 16;
const APPLICATION_ID_AT = 68;

function foreign(path: string, detail: string): StoreFault {
  return new StoreFault("store.foreign", path, `${path} ${detail}: it was left as it is, choose another --store`);
}

/** A file that is no store of ours: another program's database. */
export function otherProgram(path: string): StoreFault {
  return foreign(path, "is another program's database");
}

/** A file that has no store in it yet: nobody made one, or its making was cut short. */
export function unmade(path: string): StoreFault {
  return new StoreFault(
    "store.foreign",
    path,
    `${path} is empty and no store yet: run \`exec-kernel init\` to make one there, or choose another --store`,
  );
}

/** The file's status, null when it is not there. */
export function statusOf(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (codeOf(error) === "ENOTDIR") return null;
    throw fromSystem(error, path);
  }
}

/** Where the file really is: what SQLite keeps beside it, and the ballast, lie there and not beside a link to it. */
export function realPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    return absolute;
  }
}

/** The file's size in bytes, 0 when it is not there. */
export function sizeOf(path: string): number {
  return statusOf(path)?.size ?? 0;
}

/**
 * Makes sure that there is a regular file that this user may read and write, in a folder that it may write. With
 * `create` a missing file is made, empty, mode 0600, and missing folders, mode 0700; all survive a power cut.
 */
export function prepareFile(path: string, create: boolean): void {
  const status = statusOf(path);
  if (status === null) {
    if (!create)
      throw new StoreFault(
        "store.absent",
        path,
        `${path} is not there: run \`exec-kernel init\`, or name the store with --store`,
      );
    createFile(path);
  } else if (!status.isFile())
    throw foreign(path, status.isDirectory() ? "is a folder, not a store" : "is not a regular file");
  checkAccess(path);
}

function createFile(path: string): void {
  const folder = dirname(path);
  try {
    const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, "wx", 0o600));
    // An entry lasts once the folder that holds it is synced: from the file up to the folder that was there before.
    const top = first === undefined ? folder : dirname(first);
    for (let at = folder; ; at = dirname(at)) {
      syncFolder(at);
      if (at === top) return;
    }
  } catch (error) {
    if (isLink(path))
      throw new StoreFault(
        "store.io",
        path,
        `${path} is a link to a file that is not there: remove the link, or name the file itself with --store`,
      );
    // Another process was faster: its file is as good.
    if (codeOf(error) !== "EEXIST") throw fromSystem(error, path);
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

function checkAccess(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new StoreFault(
      "store.io",
      path,
      `${path} cannot be read (${codeOf(error)}): give this user read and write access to it`,
      error,
    );
  }
  try {
    accessSync(path, constants.W_OK);
    // The write-ahead log is made beside the file.
    accessSync(dirname(path), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw fromSystem(error, path);
  }
}

/** Throws store.foreign or store.corrupt when the file's header says already that it is no store, or none that is whole. */
export function checkHeader(path: string): void {
  const sizeBytes = sizeOf(path);
  if (sizeBytes === 0) return;
  const header = readHeader(path);
  const magic = header.toString("latin1", 0, Math.min(MAGIC.length, sizeBytes));
  if (!MAGIC.startsWith(magic)) throw foreign(path, "is not an SQLite file");
  if (sizeBytes < HEADER_BYTES) throw damaged(path, `${sizeBytes} bytes are left of it`);
  const applicationId = header.readUInt32BE(APPLICATION_ID_AT);
  if (applicationId !== 0 && applicationId !== APPLICATION_ID) throw otherProgram(path);
  checkWholePages(path, sizeBytes, header.readUInt16BE(PAGE_SIZE_AT));
}

function checkWholePages(path: string, sizeBytes: number, pageBytes: number): void {
  // 1 stands for 65,536. With a write-ahead log the missing part may stand there.
  if (pageBytes <= 1 || sizeBytes % pageBytes === 0 || sizeOf(`${path}-wal`) > 0) return;
  throw damaged(path, `${sizeBytes} bytes, not whole pages of ${pageBytes}`);
}

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  try {
    const descriptor = openSync(path, "r");
    try {
      readSync(descriptor, header, 0, HEADER_BYTES, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw fromSystem(error, path);
  }
  return header;
}
