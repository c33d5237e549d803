// Reads a file's bytes in order, unpacking gzip, with the same small memory whatever the file's size.

import { open, stat, type FileHandle } from "node:fs/promises";
import { gunzipBytes, isGzip, type BytesItem } from "./gunzip.ts";
import { faultText } from "./problem.ts";

const PIECE_BYTES = 65_536;

/** Called with how many bytes of the file (as stored) were read since the last call; for a progress bar. */
export type OnBytes = (sizeBytes: number) => void;

async function* filePieces(
  file: FileHandle,
  buffer: Buffer,
  head: Buffer,
  onBytes: OnBytes | undefined,
): AsyncGenerator<BytesItem> {
  let bytes = head;
  while (bytes.length > 0) {
    onBytes?.(bytes.length);
    yield { form: "bytes", bytes };
    try {
      bytes = buffer.subarray(0, (await file.read(buffer, 0, buffer.length)).bytesRead);
    } catch (fault) {
      yield { form: "fault", why: `reading stopped: ${faultText(fault)}` };
      return;
    }
  }
}

async function openFile(path: string): Promise<FileHandle | string> {
  try {
    // A pipe is asked about before it is opened: opening one waits for a writer, perhaps for ever.
    const about = await stat(path);
    if (about.isDirectory()) return "is a folder";
    if (!about.isFile()) return "is not a regular file; write its content to a file first";
    return await open(path, "r");
  } catch (fault) {
    return faultText(fault);
  }
}

/**
 * Yields the bytes of a plain or gzip file (told by its first two bytes, not by its name), then at most one fault.
 * INVARIANT: a yielded piece is valid only until the next one is asked for; its memory is used again.
 */
export async function* readBytes(path: string, onBytes?: OnBytes): AsyncGenerator<BytesItem> {
  const file = await openFile(path);
  if (typeof file === "string") {
    yield { form: "fault", why: file };
    return;
  }
  try {
    const buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
    const head = buffer.subarray(0, (await file.read(buffer, 0, buffer.length)).bytesRead);
    const pieces = filePieces(file, buffer, head, onBytes);
    yield* isGzip(head) ? gunzipBytes(pieces) : pieces;
  } catch (fault) {
    yield { form: "fault", why: faultText(fault) };
  } finally {
    await file.close();
  }
}
