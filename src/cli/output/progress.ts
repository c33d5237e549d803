// A progress bar on stderr, for what takes over a second on a terminal; elsewhere nothing.

import type { Io } from "./io.ts";

export type Progress = { readonly update: (done: number, total: number) => void; readonly stop: () => void };

const SHOW_AFTER_MS = 1_000;

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** `unit` is the plural of what is counted; `now` in milliseconds. The bar is wiped when it stops. */
export async function progressOn(
  terminal: boolean,
  unit: string,
  stream: NodeJS.WritableStream = process.stderr,
  now: () => number = () => performance.now(),
): Promise<Progress> {
  if (!terminal) return SILENT;
  const { default: progress } = await import("cli-progress");
  const bar = new progress.SingleBar(
    { format: `{bar} {percentage}%  {value} of {total} ${unit}  {eta} s left`, stream, clearOnComplete: true },
    progress.Presets.shades_grey,
  );
  const startedMs = now();
  let shown = false;
  return {
    update: (done, total) => {
      if (!shown && now() - startedMs < SHOW_AFTER_MS) return;
      if (!shown) bar.start(total, done);
      shown = true;
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => {
      if (shown) bar.stop();
    },
  };
}

/** Does the work with a bar on stderr, which is gone when it ends, however it ends. */
export async function withProgress<T>(
  { io }: { readonly io: Io },
  unit: string,
  work: (update: Progress["update"]) => Promise<T>,
): Promise<T> {
  const bar = await progressOn(io.err.terminal, unit);
  try {
    return await work(bar.update);
  } finally {
    bar.stop();
  }
}
