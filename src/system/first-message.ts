// The one answer that a thread was started for, or the first it gives.

import type { Worker } from "node:worker_threads";

/** Rejects with the thread's own error, and where it ends without a word: nobody waits for a thread that is gone. */
export function firstMessage<T>(worker: Worker): Promise<T> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the thread ended with ${code} and said nothing`)));
  });
}
