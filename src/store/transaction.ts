// The life of one transaction, the same in every store: run the work, then commit; roll back when it threw or when one
// of its writes failed (even if the work swallowed that error); run it again when the head had moved, also when that
// shows only at its end: a work that wrote nothing, or threw, may have judged by rows that were no more.

import { StoreDefect } from "./fault.ts";
import type { Session, StoredHead } from "./store.ts";

const RUNS_MAX = 16;

/** The head is not the one that the work expected; the work is run again. Never leaves the store. */
export class HeadMoved extends Error {
  override name = "HeadMoved";

  /** `found` is left out where nobody looked which head it is. */
  constructor(expected: StoredHead | null, found?: StoredHead | null) {
    super(`expected head ${place(expected)}, found ${place(found)}`);
  }
}

function place(head: StoredHead | null | undefined): string {
  if (head === undefined) return "another";
  return head === null ? "none" : `${head.sequence} ${head.hash.slice(0, 12)} writer ${head.minWriter}`;
}

/** What one session has been through; its store asks before every call and tells of every write. */
export class Progress {
  readonly #may: "read" | "write";
  #open = true;
  #appended = false;
  #wrote = false;
  #failure: Error | null = null;

  constructor(may: "read" | "write") {
    this.#may = may;
  }

  /** Throws StoreDefect once the work is over: what a late call read or wrote would belong to nothing. */
  use(): void {
    if (!this.#open) throw new StoreDefect("a view was used after the work it was given to had ended");
  }

  /** Runs a write of the session; whatever it throws dooms the whole session. */
  write(kind: "append" | "count", work: () => void): void {
    this.use();
    if (this.#may === "read") throw new StoreDefect(`${kind} was called in a read`);
    try {
      if (kind === "append" && this.#appended) throw new StoreDefect("append was called twice in one session");
      this.#appended ||= kind === "append";
      work();
      this.#wrote = true;
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new StoreDefect(String(error));
      throw error;
    }
  }

  /** Dooms the session: what it read is not to be relied on. */
  fail(error: Error): void {
    this.#failure ??= error;
  }

  end(): void {
    this.#open = false;
  }

  get wrote(): boolean {
    return this.#wrote;
  }

  get failure(): Error | null {
    return this.#failure;
  }
}

/**
 * One begun transaction of a store. `commit` undoes itself when it throws. Both throw HeadMoved where the work was done on
 * a head that is no more; `rollback` also after the work threw.
 */
export type Transaction = {
  readonly session: Session;
  readonly progress: Progress;
  readonly commit: () => void | Promise<void>;
  readonly rollback: () => void | Promise<void>;
};

type Outcome<T> = { readonly value: T } | { readonly moved: HeadMoved };

/** HeadMoved as an outcome; any other error passes. */
async function orMoved<T>(end: () => Promise<T>): Promise<{ readonly value: T } | { readonly moved: HeadMoved }> {
  try {
    return { value: await end() };
  } catch (error) {
    if (error instanceof HeadMoved) return { moved: error };
    throw error;
  }
}

async function runOnce<T>(
  { session, progress, commit, rollback }: Transaction,
  work: (session: Session) => Promise<T>,
): Promise<Outcome<T>> {
  let value: T;
  try {
    value = await work(session);
    if (progress.failure !== null) throw progress.failure;
  } catch (error) {
    progress.end();
    const ended = await orMoved(async () => rollback());
    if (progress.failure instanceof HeadMoved) return { moved: progress.failure };
    if ("moved" in ended) return ended;
    throw error;
  }
  progress.end();
  return await orMoved(async () => {
    if (progress.wrote) await commit();
    else await rollback();
    return value;
  });
}

/** Runs `work` in transactions of `begin`, told the run's number from 1, until one commits or fails for good. */
export async function transactWith<T>(
  begin: (run: number) => Promise<Transaction>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  for (let run = 1; ; run += 1) {
    const outcome = await runOnce(await begin(run), work);
    if ("value" in outcome) return outcome.value;
    if (run === RUNS_MAX)
      throw new StoreDefect(`append ${outcome.moved.message}, ${RUNS_MAX} times: take the head from the session`);
  }
}
