// Ctrl-C in a command that takes a while: it ends quietly with 130, its streams and its store closed.

/** What a shell reports of a process that ended by Ctrl-C. */
const INTERRUPTED = 130;

/** Runs `work` with a signal that Ctrl-C aborts; resolves with 130 when it did. A second Ctrl-C ends the process. */
export async function untilInterrupted(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once("SIGINT", stop);
  try {
    const exit = await work(controller.signal);
    return controller.signal.aborted ? INTERRUPTED : exit;
  } finally {
    process.removeListener("SIGINT", stop);
  }
}
