// One line to stdout or stderr, written at once and to its end. The streams of process would cost the start of a hot
// command three milliseconds.

import { writeSync } from "node:fs";

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown error";
}

/** Writes the line. Null, also for a reader that went away; else what went wrong, such as `ENOSPC`. */
export function writeLine(fd: 1 | 2, text: string): string | null {
  const bytes = Buffer.from(text + "\n");
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      const code = codeOf(error);
      if (code === "EPIPE" || code === "EBADF") return null;
      if (code !== "EAGAIN") return code;
      // A pipe that is full and does not block: wait a little for its reader.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
  return null;
}
