// A copy of a store's file while others write to it: SQLite's own online backup, over one read snapshot, so that it is of
// one moment and never has to start again. The copy is whole or not there: it grows under a temporary name beside.

import { chmodSync, closeSync, existsSync, fsyncSync, openSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { codeOf, putInPlace } from "../../system/index.ts";
import { StoreFault } from "../fault.ts";
import { Connection } from "./connection.ts";
import { loadDriver } from "./driver.ts";
import { checkHeader, prepareFile, statusOf } from "./file.ts";
import { damaged, fromSqlite, fromSystem, isFull } from "./sql-fault.ts";

/** Pages that are copied at once; writers go on beside it. */
const PAGES_AT_ONCE = 1_024;

export type CopyProgress = (donePages: number, totalPages: number) => void;

function alreadyThere(path: string): StoreFault {
  return new StoreFault("store.exists", path, `${path} is there already and is not overwritten: name another file`);
}

/** A missing folder is not made: it may be a disk that is not mounted, and the copy would fill the wrong one. */
function checkFolder(path: string): void {
  const folder = dirname(path);
  if (statusOf(folder)?.isDirectory() === true) return;
  const told = `the folder ${folder} is not there, nothing was copied: mount its disk, or make it`;
  throw new StoreFault("store.io", path, told);
}

const OF_THE_SOURCE: ReadonlySet<string> = new Set(["store.corrupt", "store.foreign", "store.newer"]);

/** The temporary name means nothing to a reader: damage was copied from the source, all else befell the target. */
function renamed(error: unknown, temporary: string, source: string, target: string): unknown {
  if (!(error instanceof StoreFault))
    return codeOf(error) !== "" && error instanceof Error && "syscall" in error ? fromSystem(error, target) : error;
  if (!error.message.includes(temporary)) return error;
  const path = OF_THE_SOURCE.has(error.code) ? source : target;
  return new StoreFault(error.code, path, error.message.replaceAll(temporary, path), error);
}

/** Removes the copy and what SQLite keeps beside it. */
function discard(path: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal", "-ballast"]) rmSync(path + suffix, { force: true });
}

function sync(path: string): void {
  const descriptor = openSync(path, "r+");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Copies page by page inside one read transaction of the source. */
async function copyPages(from: string, to: string, onProgress: CopyProgress): Promise<void> {
  const driver = loadDriver(from);
  const source = new driver.DatabaseSync(from);
  try {
    source.exec("BEGIN");
    // A question fixes the moment; without one SQLite would start again whenever somebody writes.
    source.prepare("SELECT count(*) FROM sqlite_schema").get();
    await driver.backup(source, to, {
      rate: PAGES_AT_ONCE,
      progress: ({ totalPages, remainingPages }) => onProgress(totalPages - remainingPages, totalPages),
    });
  } catch (error) {
    const fault = fromSqlite(error, from);
    // It is the copy that found no room.
    throw isFull(fault) ? fromSqlite(error, to) : fault;
  } finally {
    source.close();
  }
}

/** Throws store.corrupt where SQLite finds the file's own structure damaged. */
function checkIntegrity(path: string): void {
  const connection = new Connection(loadDriver(path), path);
  try {
    const found = connection.text(connection.first("PRAGMA integrity_check(1)") ?? {}, 0);
    if (found !== "ok") throw damaged(path, found.split("\n")[0] ?? "");
  } finally {
    connection.close();
  }
}

/**
 * Copies the store in the file `from` to `to`, which must not exist; `check` looks at the finished copy under its
 * temporary name and may write to it, and whatever it throws leaves no copy behind. The copy has mode 0600.
 * @throws StoreFault `store.exists` where `to` is there, `store.io` where its folder is not.
 */
export async function copySqliteStore<T>(
  from: string,
  to: string,
  check: (path: string) => Promise<T>,
  onProgress: CopyProgress = () => undefined,
): Promise<T> {
  const [source, target] = [resolve(from), resolve(to)];
  if (existsSync(target)) throw alreadyThere(target);
  checkFolder(target);
  prepareFile(source, false);
  checkHeader(source);
  const temporary = `${target}.${process.pid}.part`;
  try {
    prepareFile(temporary, true);
    await copyPages(source, temporary, onProgress);
    chmodSync(temporary, 0o600);
    checkIntegrity(temporary);
    const checked = await check(temporary);
    sync(temporary);
    if (!putInPlace(temporary, target)) throw alreadyThere(target);
    return checked;
  } catch (error) {
    throw renamed(error, temporary, source, target);
  } finally {
    discard(temporary);
  }
}
