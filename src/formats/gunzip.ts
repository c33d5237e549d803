// Unpacks a gzip stream piece by piece. Reading a Gunzip stream the usual way throws away what it had already unpacked
// when the file turns out to be cut or damaged; this drives the stream by hand, so that it is kept.

import { createGunzip, type Gunzip } from "node:zlib";

/** A piece of a file, or the reason why no more comes. */
export type BytesItem =
  | { readonly form: "bytes"; readonly bytes: Buffer }
  | { readonly form: "fault"; readonly why: string };

/** True when the bytes open like a gzip file, whatever the file is called. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Resolves when the stream has taken in what `start` gives it, or has closed: a failed stream answers in no other way. */
function settled(gunzip: Gunzip, start: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      gunzip.off("close", done);
      resolve();
    };
    gunzip.once("close", done);
    start(done);
  });
}

function damage(fault: Error): string {
  const early = "code" in fault && fault.code === "Z_BUF_ERROR";
  return early
    ? "the gzip file ends early; what follows is missing"
    : `the gzip file is damaged here (${fault.message})`;
}

/** How much is unpacked at a time, and so how much is lost just before a damaged place: zlib keeps that to itself. */
const STEP_BYTES = 16_384;

/**
 * Unpacks `packed` in order. A file cut short gives all that it holds, then one fault; a damaged one gives what comes
 * before the damage, less STEP_BYTES at most, then one fault. Memory is bounded by one packed piece unpacked (gzip packs
 * at most about 1,030 to 1). A piece may be reused by its source once the next one is asked for.
 */
export async function* gunzipBytes(packed: AsyncIterable<BytesItem>): AsyncGenerator<BytesItem> {
  const gunzip = createGunzip({ chunkSize: STEP_BYTES });
  const pieces: Buffer[] = [];
  gunzip.on("data", (piece: Buffer) => pieces.push(piece));
  // Heard, so that it is not thrown; what went wrong is asked of the stream itself, which knows it sooner.
  gunzip.on("error", () => undefined);
  try {
    for await (const item of packed) {
      if (item.form === "fault") {
        yield item;
        return;
      }
      await settled(gunzip, (done) => gunzip.write(item.bytes, done));
      for (const bytes of pieces.splice(0)) yield { form: "bytes", bytes };
      if (gunzip.errored !== null) break;
    }
    if (!gunzip.destroyed) await settled(gunzip, () => gunzip.end());
    for (const bytes of pieces.splice(0)) yield { form: "bytes", bytes };
    if (gunzip.errored !== null) yield { form: "fault", why: damage(gunzip.errored) };
  } finally {
    gunzip.destroy();
  }
}
