// The check of a whole file, on a connection of its own; of a large one in a thread of its own, for it takes seconds in
// which nobody else of the process would get a turn.

import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { firstMessage } from "../../system/index.ts";
import { StoreFault } from "../fault.ts";
import type { StoreFaultCode } from "../fault.ts";
import { checkFile } from "./check.ts";
import { Connection } from "./connection.ts";
import type { Driver } from "./driver.ts";
import { sizeOf } from "./file.ts";
import { beginWith, whenFree } from "./patience.ts";
import { newSchema } from "./schema.ts";

/** Below this a check takes less time than a thread needs to start. */
export const THREAD_BYTES = 16_777_216;

/** The thread is told where the file is, and how long it may wait for other processes. */
export type ToCheck = { readonly path: string; readonly busyTimeoutMs: number };

/** What it found, or the fault it met, taken apart: a message between threads carries no class. */
export type Checked =
  | { readonly found: readonly string[] }
  | { readonly fault: { readonly code: StoreFaultCode; readonly path: string; readonly message: string } };

/** On a connection of its own: SQLite's check of an index of words believes what its connection has kept of it. */
function checkOnce(driver: Driver, path: string): readonly string[] {
  const [connection, made] = [new Connection(driver, path), new Connection(driver, ":memory:")];
  try {
    newSchema(made);
    return beginWith(connection, "BEGIN", () => checkFile(connection, made));
  } finally {
    connection.close();
    made.close();
  }
}

/** Checks the file in this thread. */
export async function checkHere(driver: Driver, { path, busyTimeoutMs }: ToCheck): Promise<readonly string[]> {
  return await whenFree(path, { busyTimeoutMs, random: Math.random }, () => checkOnce(driver, path));
}

/** Run from source, built or bundled: the thread's file is this file's neighbour in each case. */
function threadFile(): URL {
  const [ending = ""] = /\.\w+$/.exec(import.meta.url) ?? [];
  return new URL(`./check-thread${ending}`, import.meta.url);
}

async function checkInThread(at: URL, file: ToCheck): Promise<readonly string[]> {
  const thread = new Worker(at, { workerData: file });
  const checked = await firstMessage<Checked>(thread);
  if ("found" in checked) return checked.found;
  const { code, path, message } = checked.fault;
  throw new StoreFault(code, path, message);
}

/** Checks the file, as `checkFile`; one of `threadBytes` and more in a thread. */
export async function checkWhole(driver: Driver, file: ToCheck, threadBytes: number): Promise<readonly string[]> {
  const thread = threadFile();
  // Bundled by somebody else there may be no such file: then it is checked all the same.
  const isHere = sizeOf(file.path) < threadBytes || !existsSync(thread);
  return isHere ? await checkHere(driver, file) : await checkInThread(thread, file);
}
