// How rows stand in a checkpoint: each as its key, a NUL, its exact bytes and a newline, in the order of the keys. The
// hash of a checkpoint is SHA-256 over all of it; the snapshot is the same text, cut into parts that are compressed.
// Neither a key has a NUL in it (the stores see to that) nor a row a newline (JSON escapes them).

import { createHash } from "node:crypto";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { sortedKeys } from "../../core/index.ts";
import type { Row } from "../../core/index.ts";
import type { StoredRow } from "../../store/index.ts";
import { encodeRow } from "../codec.ts";

/** The text of one row. */
function lineOf(key: string, bytes: string): string {
  return `${key}\0${bytes}\n`;
}

/** Hashes rows that are given in the order of their keys. */
export class RowsHash {
  readonly #hash = createHash("sha256");
  rows = 0;

  add(text: string, rows: number): void {
    this.#hash.update(text);
    this.rows += rows;
  }

  /** 64 lower-case hex digits; nothing can be added afterwards. */
  digest(): string {
    return this.#hash.digest("hex");
  }
}

/** The hash over these rows, which may be in any order. */
export function rowsHashOf(rows: ReadonlyMap<string, Row>, isLeftOut: (row: Row) => boolean): RowsHash {
  const hash = new RowsHash();
  for (const key of sortedKeys(rows.keys())) {
    const row = rows.get(key);
    if (row !== undefined && !isLeftOut(row)) hash.add(lineOf(key, encodeRow(row)), 1);
  }
  return hash;
}

export function textOf(rows: readonly StoredRow[]): string {
  return rows.map(({ key, bytes }) => lineOf(key, bytes)).join("");
}

/** The rows of a text; null where it is no such text. */
export function rowsIn(text: string): readonly StoredRow[] | null {
  const rows: StoredRow[] = [];
  for (let from = 0; from < text.length;) {
    const middle = text.indexOf("\0", from);
    const end = middle < 0 ? -1 : text.indexOf("\n", middle);
    if (end < 0) return null;
    rows.push({ key: text.slice(from, middle), bytes: text.slice(middle + 1, end) });
    from = end + 1;
  }
  return rows;
}

export function pack(text: string): Uint8Array {
  return zstdCompressSync(text);
}

/** The text that was packed; null where the bytes are something else. */
export function unpack(bytes: Uint8Array): string | null {
  try {
    return zstdDecompressSync(bytes).toString("utf8");
  } catch {
    return null;
  }
}
