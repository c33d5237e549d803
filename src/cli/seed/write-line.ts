// One line to stdout or stderr, written at once and to its end. The streams of process would cost the start of a hot
// command three milliseconds.

import { writeSync } from "node:fs";

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown error";
}

function isRetry(code: string): boolean {
  if (code !== "EAGAIN") return false;
  // A pipe that is full and does not block: wait a little for its reader.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  return true;
}

/**
 * Writes the line. True also where its reader went away; false where it could not be written, such as on a full disk,
 * which stderr is told.
 */
export function writeLine(fd: 1 | 2, text: string): boolean {
  const bytes = Buffer.from(text + "\n");
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      const code = codeOf(error);
      if (isRetry(code)) continue;
      if (code === "EPIPE" || code === "EBADF") return true;
      if (fd === 1) writeLine(2, `exec-kernel: stdout cannot be written (${code})`);
      return false;
    }
  }
  return true;
}
