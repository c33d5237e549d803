// Streams the lines of a file, plain or gzip, with the same small memory whatever the file's size. What cannot be read
// (a line too long, bytes that are no text, a file cut short) comes as a problem among the lines.

import { readBytes, type OnBytes } from "./bytes.ts";
import { lineSplitter, type LineItem } from "./line-splitter.ts";

/** `lineLimitBytes`: the longest line that is read (16 MiB unless told); `onBytes`: called as the file is read. */
export type ReadOptions = { readonly lineLimitBytes?: number; readonly onBytes?: OnBytes };

/** Yields lines in batches, one batch for each piece read: what the readers of this folder build on. */
export async function* readLineBatches(path: string, options: ReadOptions = {}): AsyncGenerator<readonly LineItem[]> {
  const splitter = lineSplitter(path, options.lineLimitBytes);
  for await (const item of readBytes(path, options.onBytes)) {
    if (item.form === "fault") {
      yield splitter.end(item.why);
      return;
    }
    yield splitter.push(item.bytes);
  }
  yield splitter.end();
}

/** Yields every line that is not empty, numbered from 1, and every problem, in file order. Never throws. */
export async function* readLines(path: string, options: ReadOptions = {}): AsyncGenerator<LineItem> {
  for await (const batch of readLineBatches(path, options)) yield* batch;
}
