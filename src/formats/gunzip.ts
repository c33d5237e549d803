// Unpacks a gzip stream piece by piece. Reading a Gunzip stream the usual way throws away what it had already unpacked
// when the file turns out to be damaged; this drives the stream by hand, so everything before the damage is kept.

import { createGunzip, type Gunzip } from "node:zlib";

/** A piece of a file, or the reason why no more comes. */
export type BytesItem =
  | { readonly form: "bytes"; readonly bytes: Buffer }
  | { readonly form: "fault"; readonly why: string };

/** True when the bytes open like a gzip file, whatever the file is called. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Resolves when the packed piece is taken in, or when the stream ends or fails before it would say so. */
function settled(gunzip: Gunzip, start: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      gunzip.off("end", done);
      gunzip.off("close", done);
      resolve();
    };
    // INVARIANT: one of the three always comes. After zero padding the stream ends without answering the write.
    gunzip.once("end", done);
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

/**
 * Unpacks `packed` in order; a damaged or truncated stream ends with one fault after all bytes that came before it.
 * Memory is bounded by one packed piece unpacked (gzip packs at most about 1,030 to 1). A piece may be reused by its
 * source once the next one is asked for.
 */
export async function* gunzipBytes(packed: AsyncIterable<BytesItem>): AsyncGenerator<BytesItem> {
  const gunzip = createGunzip({ chunkSize: 65_536 });
  const state: { pieces: Buffer[]; fault: Error | null } = { pieces: [], fault: null };
  gunzip.on("data", (piece: Buffer) => state.pieces.push(piece));
  gunzip.on("error", (fault: Error) => (state.fault = fault));
  try {
    for await (const item of packed) {
      if (item.form === "fault") {
        yield item;
        return;
      }
      await settled(gunzip, (done) => gunzip.write(item.bytes, done));
      for (const bytes of state.pieces.splice(0)) yield { form: "bytes", bytes };
      if (state.fault !== null || gunzip.readableEnded) break;
    }
    if (state.fault === null && !gunzip.readableEnded) await settled(gunzip, () => gunzip.end());
    for (const bytes of state.pieces.splice(0)) yield { form: "bytes", bytes };
    if (state.fault !== null) yield { form: "fault", why: damage(state.fault) };
  } finally {
    gunzip.destroy();
  }
}
