// Text from a file or from stdin: UTF-8 or an error that names the byte, and never more than is of use.

import { closeSync, openSync, readSync } from "node:fs";
import { UsageError } from "./usage.ts";
import { printable } from "./words.ts";
import { codeOf } from "../../system/index.ts";

const CHUNK_BYTES = 65_536;

/** At most `bytesMax` + 1 bytes: one more than allowed tells that there are more. */
function readUpTo(fd: number, bytesMax: number): Buffer {
  const chunks: Buffer[] = [];
  for (let total = 0; total <= bytesMax;) {
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, bytesMax + 1 - total));
    const read = readChunk(fd, chunk);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    total += read;
  }
  return Buffer.concat(chunks);
}

const bell = new Int32Array(new SharedArrayBuffer(4));

function readChunk(fd: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(fd, chunk);
    } catch (error) {
      const code = codeOf(error);
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      // A stdin that does not block and has nothing yet.
      Atomics.wait(bell, 0, 0, 5);
    }
  }
}

function readBytes(path: string, bytesMax: number): Buffer {
  if (path === "-") return readUpTo(0, bytesMax);
  const fd = openSync(path, "r");
  try {
    return readUpTo(fd, bytesMax);
  } finally {
    closeSync(fd);
  }
}

function firstBadByte(bytes: Buffer): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (let at = 0; at < bytes.length; at += 1) {
    try {
      decoder.decode(bytes.subarray(at, at + 1), { stream: true });
    } catch {
      return at;
    }
  }
  return bytes.length;
}

/** The text of a file, or of stdin for `-`; `flag` is named in errors. Throws UsageError when it is no UTF-8 or too long. */
export function readText(flag: string, path: string, bytesMax: number): string {
  if (path === "") throw new UsageError(`${flag} is empty: name a file, or - for stdin`);
  const bytes = readBytes(path, bytesMax);
  const name = path === "-" ? "stdin" : printable(path);
  if (bytes.length > bytesMax) throw new UsageError(`${flag} ${name} has more than ${bytesMax} bytes`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${flag} ${name}: byte ${firstBadByte(bytes) + 1} is not UTF-8`);
  }
}
