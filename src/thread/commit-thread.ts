// The asking end of the thread that commits: an answer comes back when the decision is on the disk, and this thread's
// event loop was free meanwhile.

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Command } from "../core/index.ts";
import { KernelFault } from "../kernel/index.ts";
import type { Commits, Reply } from "../kernel/index.ts";
import { firstMessage } from "../system/index.ts";
import { errorOf, faultOf } from "./messages.ts";
import type { Answer, Asked, FromThread, StorePlace, ToThread } from "./messages.ts";

type Waiting = { readonly resolve: (reply: Reply) => void; readonly reject: (error: Error) => void };

/** Commits over one store, whatever the workspace. */
export type CommitThread = Commits & {
  /** Waits for what is under way, then ends the thread. Closing twice is harmless. */
  readonly close: () => Promise<void>;
};

/** Run from source or built: the worker is this file's neighbour in either case. */
function workerFile(): URL {
  return new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);
}

class Thread implements CommitThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked: Asked[] = [];
  #number = 0;
  #ended: KernelFault | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on("message", (message: FromThread) => {
      if ("answers" in message) for (const answer of message.answers) this.#answered(answer);
    });
    worker.on("error", (error: Error) => this.#end(`failed: ${error.message}`));
    worker.on("exit", () => this.#end("has ended"));
  }

  submit(command: Command): Promise<Reply> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#number += 1;
      this.#waiting.set(this.#number, { resolve, reject });
      if (this.#asked.length === 0) setImmediate(() => this.#send());
      this.#asked.push({ number: this.#number, command });
    });
  }

  async close(): Promise<void> {
    if (this.#ended !== null) return;
    this.#send();
    const ended = once(this.#worker, "exit");
    this.#worker.postMessage({ end: true } satisfies ToThread);
    await ended;
  }

  #send(): void {
    if (this.#asked.length === 0) return;
    const asked = this.#asked;
    this.#asked = [];
    this.#post(asked);
  }

  #post(commands: readonly Asked[]): void {
    try {
      this.#worker.postMessage({ commands } satisfies ToThread);
    } catch (error) {
      // Something in one of them is no plain data.
      if (commands.length > 1) for (const one of commands) this.#post([one]);
      else for (const { number } of commands) this.#answered({ number, fault: faultOf(error) });
    }
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if ("reply" in answer) waiting?.resolve(answer.reply);
    else waiting?.reject(errorOf(answer.fault));
  }

  /** INVARIANT: nobody waits for a thread that is gone. What was under way may be in the log: an id tells. */
  #end(how: string): void {
    this.#ended ??= new KernelFault(
      "thread.ended",
      `the thread that writes ${how}: what was asked and not answered may have been recorded, ask it again with the same command id`,
    );
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

/** Opens a store that is there in a thread of its own; rejects with the StoreFault that opening met. */
export async function openCommitThread(place: StorePlace): Promise<CommitThread> {
  const worker = new Worker(workerFile(), { workerData: place });
  const first = await firstMessage<FromThread>(worker);
  if ("failed" in first) throw errorOf(first.failed);
  return new Thread(worker);
}
