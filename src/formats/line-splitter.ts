// Cuts a stream of bytes into numbered lines. Pure: bytes in, lines out; no file is known here.

import { isUtf8 } from "node:buffer";
import { problemAt, type ProblemItem } from "./problem.ts";

/** One line of text without its line end; `ended` is false for a last line that no line end follows. */
export type Line = { readonly form: "line"; readonly line: number; readonly text: string; readonly ended: boolean };

export type LineItem = Line | ProblemItem;

/** Takes bytes in order; `end` gives what is left. A fault passed to `end` discards the half line it cut. */
export type LineSplitter = {
  readonly push: (bytes: Buffer) => LineItem[];
  readonly end: (fault?: string) => LineItem[];
};

/** The longest line that is read; a longer one is reported and skipped. */
const LINE_LIMIT_BYTES: number = 16 * 1024 * 1024;

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const BOM = "\uFEFF";

function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** Why these bytes are not a line of text, or null. */
function unreadable(bytes: Buffer, text: string, line: number): string | null {
  if (line === 1 && isUtf16(bytes)) return "this is UTF-16; save the file as UTF-8";
  const nul = text.indexOf("\0");
  if (nul >= 0) return `NUL at column ${nul + 1}; this is not text`;
  // The decoder puts U+FFFD in place of bad bytes; only then is the slower question worth asking.
  const strange = text.indexOf("\uFFFD");
  if (strange >= 0 && !isUtf8(bytes)) return `not UTF-8 at or after column ${strange + 1}`;
  return null;
}

function decoded(file: string, raw: Buffer, line: number, ended: boolean): LineItem | null {
  const bytes = raw.at(-1) === RETURN ? raw.subarray(0, -1) : raw;
  const all = bytes.toString("utf8");
  const text = line === 1 && all.startsWith(BOM) ? all.slice(1) : all;
  const why = unreadable(bytes, text, line);
  if (why !== null) return problemAt(file, line, why);
  return text.trim() === "" ? null : { form: "line", line, text, ended };
}

/** A line's bytes as they come piece by piece. The memory is used again for the next line: long lines leave no garbage. */
type HeldBytes = { readonly add: (bytes: Buffer) => void; readonly all: () => Buffer; readonly clear: () => void };

const HELD_BYTES = 65_536;

function heldBytes(limitBytes: number): HeldBytes {
  let memory = Buffer.alloc(0);
  let sizeBytes = 0;
  const add = (bytes: Buffer): void => {
    const total = sizeBytes + bytes.length;
    if (total > memory.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(total, Math.min(limitBytes, 2 * memory.length), HELD_BYTES));
      memory.copy(grown, 0, 0, sizeBytes);
      memory = grown;
    }
    bytes.copy(memory, sizeBytes);
    sizeBytes = total;
  };
  const clear = (): void => {
    sizeBytes = 0;
  };
  return { add, all: () => memory.subarray(0, sizeBytes), clear };
}

/** Makes a splitter; empty lines are counted and not given. Memory: at most `limitBytes` of one line. */
export function lineSplitter(file: string, limitBytes: number = LINE_LIMIT_BYTES): LineSplitter {
  const held = heldBytes(limitBytes);
  let line = 0;
  let lengthBytes = 0;

  const keep = (bytes: Buffer): void => {
    lengthBytes += bytes.length;
    if (lengthBytes <= limitBytes && bytes.length > 0) held.add(bytes);
  };

  /** The whole line: most lie within one piece and are never copied. */
  const wholeLine = (tail: Buffer): Buffer => {
    if (lengthBytes === 0) return tail;
    held.add(tail);
    return held.all();
  };

  const finish = (tail: Buffer, ended: boolean, out: LineItem[]): void => {
    line += 1;
    const total = lengthBytes + tail.length;
    const item =
      total > limitBytes
        ? problemAt(file, line, `the line is ${total} bytes, limit ${limitBytes}`)
        : decoded(file, wholeLine(tail), line, ended);
    held.clear();
    lengthBytes = 0;
    if (item !== null) out.push(item);
  };

  const push = (bytes: Buffer): LineItem[] => {
    const out: LineItem[] = [];
    let from = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      finish(bytes.subarray(from, at), true, out);
      from = at + 1;
    }
    keep(bytes.subarray(from));
    return out;
  };

  const end = (fault?: string): LineItem[] => {
    const out: LineItem[] = [];
    const nothingRead = line === 0 && lengthBytes === 0;
    if (fault !== undefined) out.push(problemAt(file, nothingRead ? 0 : line + 1, fault));
    else if (lengthBytes > 0) finish(Buffer.alloc(0), false, out);
    return out;
  };

  return { push, end };
}
