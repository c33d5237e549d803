// The life of one transaction, the same in every store: run the work, then commit; roll back when it threw or when one
// of its writes failed (even if the work swallowed that error); run it again when the head had moved.

import { StoreDefect } from "./fault.ts";
import type { Session, StoredHead } from "./store.ts";

const RUNS_MAX = 16;

/** The head is not the one that the work expected; the work is run again. Never leaves the store. */
export class HeadMoved extends Error {
  override name = "HeadMoved";

  constructor(expected: StoredHead | null, found: StoredHead | null) {
    super(`expected head ${place(expected)}, found ${place(found)}`);
  }
}

function place(head: StoredHead | null): string {
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

/** One begun transaction of a store. `commit` undoes itself when it throws. */
export type Transaction = {
  readonly session: Session;
  readonly progress: Progress;
  readonly commit: () => void | Promise<void>;
  readonly rollback: () => void | Promise<void>;
};

type Outcome<T> = { readonly value: T } | { readonly moved: HeadMoved };

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
    await rollback();
    if (progress.failure instanceof HeadMoved) return { moved: progress.failure };
    throw error;
  }
  progress.end();
  if (progress.wrote) await commit();
  else await rollback();
  return { value };
}

/** Runs `work` in transactions of `begin` until one commits or fails for another reason than a moved head. */
export async function transactWith<T>(
  begin: () => Promise<Transaction>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  for (let run = 1; ; run += 1) {
    const outcome = await runOnce(await begin(), work);
    if ("value" in outcome) return outcome.value;
    if (run === RUNS_MAX)
      throw new StoreDefect(`append ${outcome.moved.message}, ${RUNS_MAX} times: take the head from the session`);
  }
}
