// What SQLite's and the operating system's errors mean to the one who has to put them right.

import { codeOf } from "../../system/index.ts";
import { StoreFault } from "../fault.ts";

type Meaning = (path: string, detail: string) => StoreFault;

function corrupt(path: string, detail: string): StoreFault {
  return new StoreFault(
    "store.corrupt",
    path,
    `${path} is damaged or cut short (${detail}): keep a copy of it, restore a backup`,
  );
}

function readOnly(path: string, detail: string): StoreFault {
  return new StoreFault(
    "store.read_only",
    path,
    `${path} cannot be written (${detail}): give this user write access to the file and its folder, or choose another --store`,
  );
}

function full(path: string, detail: string): StoreFault {
  return new StoreFault(
    "store.full",
    path,
    `${path} has no room left (${detail}), nothing was written: free disk space, then try again`,
  );
}

/** True for a disk or a file without room. */
export function isFull(error: unknown): boolean {
  return error instanceof StoreFault && error.code === "store.full";
}

/** The disk was full, and what is left of it is kept for writes that must still land. */
export function scarce(path: string): StoreFault {
  return new StoreFault(
    "store.full",
    path,
    `${path} has hardly any room left, nothing was written: until disk space is freed, only what was spent is booked and work is stopped`,
  );
}

function failed(path: string, detail: string): StoreFault {
  return new StoreFault(
    "store.io",
    path,
    `${path} could not be read or written (${detail}): check the disk, then run \`exec-kernel verify\``,
  );
}

function busy(path: string, detail: string): StoreFault {
  return new StoreFault("store.busy", path, `${path} is locked by another process (${detail}): try again`);
}

/** No room for the index of the write-ahead log: SQLite calls it an error of the disk. */
const IOERR_SHMSIZE = 4_874;

/** By SQLite's primary result code. What is not here is no fault of the world but a defect of the store. */
const BY_RESULT = new Map<number, Meaning>([
  [3, readOnly],
  [5, busy],
  [6, busy],
  [8, readOnly],
  [10, failed],
  [11, corrupt],
  [13, full],
  [14, failed],
  [15, busy],
  [26, corrupt],
]);

const BY_ERRNO = new Map<string, Meaning>([
  ["EACCES", readOnly],
  ["EPERM", readOnly],
  ["EROFS", readOnly],
  ["ENOSPC", full],
  ["EDQUOT", full],
]);

/** Under the code of a wrong question: the questions are ours and right, so it is the file's tables that are not. */
const DAMAGED_TABLES =
  /^(?:invalid fts5 file format|no such |table \S+ has no column|vtable constructor|table .+ already exists|unrecogni[sz]ed |unknown |reserved fts5|parse error|error in |near "|malformed )/;

/** A StoreFault for an error of SQLite that the world caused; any other error as it is. */
export function fromSqlite(error: unknown, path: string): unknown {
  // No store writes integers above 2^53, and node:sqlite reads none.
  if (codeOf(error) === "ERR_OUT_OF_RANGE") return corrupt(path, "a number in it is too large");
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return error;
  if (DAMAGED_TABLES.test(error.message)) return corrupt(path, error.message);
  const meaning = error.errcode === IOERR_SHMSIZE ? full : BY_RESULT.get(error.errcode & 0xff);
  return meaning?.(path, `${error.message}, sqlite result ${error.errcode}`) ?? error;
}

/** A StoreFault for a failed system call on the file or its folder. */
export function fromSystem(error: unknown, path: string): StoreFault {
  const errno = codeOf(error);
  return (BY_ERRNO.get(errno) ?? failed)(path, errno === "" ? String(error) : errno);
}

/** A damaged file, found by other means than SQLite's. */
export function damaged(path: string, detail: string): StoreFault {
  return corrupt(path, detail);
}
