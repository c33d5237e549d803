// A configuration file's text, within bounds: no directory, at most 1 MiB, UTF-8, no control characters.

import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { Located } from "./locate.ts";
import type { Fault } from "./problem.ts";

const SIZE_BYTES_MAX = 1_048_576;
const CHUNK_BYTES = 65_536;
const NEWLINE = 10;
// All C0 controls but tab, line feed and carriage return.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u;

const WORDS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["ENOTDIR", "there is no such file"],
  ["EACCES", "cannot be read: permission denied"],
  ["EPERM", "cannot be read: permission denied"],
  ["EISDIR", "is a directory, not a file"],
  ["ELOOP", "cannot be read: its links go in a circle"],
]);

/** The text without a byte order mark, or the one thing that is wrong with the file. */
export function readConfigText(located: Located): string | Fault {
  try {
    const stat = statSync(located.path);
    if (stat.isDirectory()) return faultAt("is a directory, not a file");
    // A pipe found in a folder would be waited on for ever; one that was named is meant (`--config <(...)`).
    if (!located.isExplicit && !stat.isFile()) return faultAt("is not a regular file");
    const bytes = readBounded(located.path);
    return bytes.length > SIZE_BYTES_MAX ? faultAt(`is larger than ${SIZE_BYTES_MAX} bytes`) : decode(bytes);
  } catch (error) {
    return faultAt(wordsFor(error));
  }
}

function faultAt(message: string, line = 1, column = 1): Fault {
  return { line, column, message, severity: "error" };
}

function wordsFor(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return WORDS.get(code) ?? `cannot be read (${code})`;
}

/** Stops one chunk past the limit, whatever the file claims its size to be. */
function readBounded(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; size <= SIZE_BYTES_MAX;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const count = readSync(file, chunk);
      if (count === 0) break;
      chunks.push(chunk.subarray(0, count));
      size += count;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(file);
  }
}

function decode(bytes: Buffer): string | Fault {
  if (!isUtf8(bytes)) return notUtf8(bytes);
  const text = new TextDecoder("utf-8").decode(bytes);
  const at = text.search(CONTROL);
  if (at === -1) return text;
  const before = text.slice(0, at).split(/\r\n|\r|\n/);
  const code = (text.codePointAt(at) ?? 0).toString(16).padStart(4, "0");
  return faultAt(`has the control character U+${code.toUpperCase()}`, before.length, (before.at(-1) ?? "").length + 1);
}

function notUtf8(bytes: Buffer): Fault {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    if (!isUtf8(bytes.subarray(start, end))) break;
    start = end;
  }
  return faultAt("is not utf-8 text", line);
}
