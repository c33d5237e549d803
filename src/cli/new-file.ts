// A new file that a command fills over some time: it grows under a name of its own beside its place and gets its name once
// it is whole, so that no crash leaves a part that looks like all. A file that is there is never overwritten.

import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, lstatSync, openSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { codeOf, putInPlace } from "../system/index.ts";
import { UsageError } from "./args/usage.ts";

/** Takes some text of the file, without its last line's end; `false` ends the work early. */
export type Write = (text: string) => boolean;

function taken(path: string): UsageError {
  return new UsageError(`${path} is there already and is not overwritten: name another file`);
}

/** @throws UsageError where something has the name. */
export function checkFree(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw taken(path);
}

/** What the system says is said of the file that was asked for: nobody knows the name beside it. */
function at<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw Object.assign(new Error(error.message, { cause: error }), {
      code: codeOf(error),
      syscall: error.syscall,
      path,
    });
  }
}

async function filled<T>(descriptor: number, path: string, work: (write: Write) => Promise<T>): Promise<T> {
  try {
    const done = await work((text) => {
      const bytes = Buffer.from(text + "\n");
      for (let written = 0; written < bytes.length;) written += at(path, () => writeSync(descriptor, bytes, written));
      return true;
    });
    at(path, () => fsyncSync(descriptor));
    return done;
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Makes the file at `path` of what `work` writes, readable by its owner alone; a fault leaves nothing behind.
 * @throws UsageError where something has the name, what the system throws, and what `work` throws.
 */
export async function intoNewFile<T>(path: string, work: (write: Write) => Promise<T>): Promise<T> {
  checkFree(path);
  // Not made of the file's own name, which may be as long as a name can be.
  const beside = join(dirname(path), `.exec-kernel-${randomUUID()}.tmp`);
  const descriptor = at(path, () => openSync(beside, "wx", 0o600));
  try {
    const done = await filled(descriptor, path, work);
    if (!at(path, () => putInPlace(beside, path))) throw taken(path);
    return done;
  } finally {
    rmSync(beside, { force: true });
  }
}
