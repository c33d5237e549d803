// The two streams of a command: results on stdout, everything else on stderr. Written synchronously, because a process
// that ends at once is faster so, and because what was said before an end must have been said.

import { fstatSync, writeSync } from "node:fs";
import { codeOf } from "../../system/index.ts";

/** A stream of lines. After its reader went away (EPIPE) it swallows what is written and `closed` is true. */
export type Sink = {
  readonly line: (text: string) => void;
  readonly closed: () => boolean;
  readonly terminal: boolean;
};

export type Io = {
  readonly env: { readonly [name: string]: string | undefined };
  readonly cwd: string;
  readonly out: Sink;
  readonly err: Sink;
};

/** Output that could not be written for another reason than a reader who left. */
class OutputFault extends Error {
  override name = "OutputFault";
}

const bell = new Int32Array(new SharedArrayBuffer(4));

/** Writes all of it; false once the reader is gone. */
function writeAll(fd: number, bytes: Buffer): boolean {
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      const code = codeOf(error);
      if (code === "EPIPE" || code === "EBADF") return false;
      if (code !== "EAGAIN") throw new OutputFault(`${fd === 1 ? "stdout" : "stderr"} cannot be written (${code})`);
      // A pipe that is full and does not block: wait a little for its reader.
      Atomics.wait(bell, 0, 0, 1);
    }
  }
  return true;
}

function isTerminal(fd: number): boolean {
  try {
    // Loading node:tty costs milliseconds, and most of the time a program or a pipe is listening.
    return fstatSync(fd).isCharacterDevice() && (process.getBuiltinModule("node:tty")?.isatty(fd) ?? false);
  } catch {
    return false;
  }
}

/** The stream behind a file descriptor. */
function sinkOf(fd: 1 | 2): Sink {
  let closed = false;
  const line = (text: string): void => {
    if (!closed) closed = !writeAll(fd, Buffer.from(text + "\n"));
  };
  return { line, closed: () => closed, terminal: isTerminal(fd) };
}

/** Where this process stands; null when that folder was removed under it. */
export function workingFolder(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}

/** The streams and surroundings of this process; a working folder that is gone is the root of the disk. */
export function processIo(): Io {
  return { env: process.env, cwd: workingFolder() ?? "/", out: sinkOf(1), err: sinkOf(2) };
}
