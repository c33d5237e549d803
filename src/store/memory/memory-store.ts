// The store in memory: for tests, simulations and what-if. It keeps every promise but durability.

import {
  checkAppend,
  checkKeys,
  checkPage,
  checkRange,
  checkSearch,
  checkSequence,
  checkWorkspace,
  countedTo,
  sameHead,
} from "../contract.ts";
import { StoreDefect } from "../fault.ts";
import { compareKeys } from "../key-order.ts";
import type {
  Checkpoints,
  Page,
  RowChange,
  Session,
  Store,
  StoredEvent,
  StoredHead,
  StoredRow,
  StoreFacts,
  View,
} from "../store.ts";
import { HeadMoved, Progress, transactWith, type Transaction } from "../transaction.ts";
import { Turns } from "../turns.ts";
import { MemoryCheckpoints } from "./memory-checkpoints.ts";
import { MemoryWorkspace, type Moment } from "./memory-workspace.ts";

class MemorySession implements Session {
  readonly #workspace: MemoryWorkspace;
  readonly #progress: Progress;
  #moment: Moment;

  constructor(workspace: MemoryWorkspace, progress: Progress, moment: Moment) {
    this.#workspace = workspace;
    this.#progress = progress;
    this.#moment = moment;
  }

  async head(): Promise<StoredHead | null> {
    this.#progress.use();
    return this.#workspace.headAt(this.#moment);
  }

  async load(keys: readonly string[]): Promise<readonly (string | null)[]> {
    this.#progress.use();
    checkKeys(keys);
    return keys.map((key) => this.#workspace.rowAt(this.#moment, key));
  }

  async event(sequence: number): Promise<StoredEvent | null> {
    this.#progress.use();
    checkSequence(sequence);
    if (sequence === 0) return null;
    return this.#workspace.eventsAt(this.#moment, sequence - 1, 1)[0] ?? null;
  }

  async events(afterSequence: number, limit: number): Promise<readonly StoredEvent[]> {
    this.#progress.use();
    checkRange(afterSequence, limit);
    return this.#workspace.eventsAt(this.#moment, afterSequence, limit);
  }

  async rows(page: Page): Promise<readonly StoredRow[]> {
    this.#progress.use();
    checkPage(page);
    return this.#workspace.pageAt(this.#moment, page);
  }

  async search(prefix: string, query: string, limit: number): Promise<readonly StoredRow[]> {
    this.#progress.use();
    checkSearch(prefix, query, limit);
    return this.#workspace.searchAt(this.#moment, prefix, query, limit);
  }

  async counters(): Promise<ReadonlyMap<string, number>> {
    this.#progress.use();
    return this.#workspace.countersAt(this.#moment);
  }

  async append(
    expected: StoredHead | null,
    next: StoredHead,
    events: readonly StoredEvent[],
    rows: readonly RowChange[],
  ): Promise<void> {
    this.#progress.write("append", () => {
      const found = this.#workspace.headAt(this.#moment);
      if (!sameHead(expected, found)) throw new HeadMoved(expected, found);
      checkAppend(expected, next, events, rows);
      this.#moment = this.#workspace.append(next, events, rows);
    });
  }

  async count(name: string, by: number): Promise<void> {
    this.#progress.write("count", () => {
      const sum = countedTo(name, this.#workspace.counterAt(this.#moment, name), by);
      this.#moment = this.#workspace.setCounter(name, sum);
    });
  }
}

class MemoryStore implements Store {
  readonly kind = "memory";
  readonly checkpoints: Checkpoints = new MemoryCheckpoints((workspace) => ({
    hasLog: this.#enter(workspace).committed.length > 0,
  }));
  readonly #turns = new Turns();
  readonly #workspaces = new Map<string, MemoryWorkspace>();
  readonly #reads = new Set<Promise<unknown>>();
  #closed = false;

  async read<T>(workspace: string, work: (view: View) => Promise<T>): Promise<T> {
    const reading = look(this.#enter(workspace), work);
    this.#reads.add(reading);
    try {
      return await reading;
    } finally {
      this.#reads.delete(reading);
    }
  }

  async transact<T>(workspace: string, work: (session: Session) => Promise<T>): Promise<T> {
    const held = this.#enter(workspace);
    return this.#turns.run(() => transactWith(async () => begin(held), work));
  }

  async workspaces(): Promise<readonly string[]> {
    const logged = [...this.#workspaces].filter(([, held]) => held.committed.length > 0);
    return logged.map(([id]) => id).sort(compareKeys);
  }

  async facts(): Promise<StoreFacts> {
    const sizes = { schemaVersion: 0, pageBytes: 0, diskBytes: 0, walBytes: 0 };
    return {
      kind: "memory",
      path: null,
      sqliteVersion: null,
      ...sizes,
      journalMode: "none",
      synchronous: "none",
      server: null,
    };
  }

  /** There is nothing below: every search counts the words anew. */
  async check(): Promise<readonly string[]> {
    if (this.#closed) throw new StoreDefect("the store is closed");
    return [];
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#turns.run(async () => undefined);
    await Promise.allSettled(this.#reads);
  }

  #enter(workspace: string): MemoryWorkspace {
    if (this.#closed) throw new StoreDefect("the store is closed");
    checkWorkspace(workspace);
    let held = this.#workspaces.get(workspace);
    if (held === undefined) this.#workspaces.set(workspace, (held = new MemoryWorkspace()));
    return held;
  }
}

async function look<T>(held: MemoryWorkspace, work: (view: View) => Promise<T>): Promise<T> {
  const moment = held.hold();
  const progress = new Progress("read");
  try {
    return await work(new MemorySession(held, progress, moment));
  } finally {
    progress.end();
    held.release(moment);
  }
}

function begin(held: MemoryWorkspace): Transaction {
  const progress = new Progress("write");
  const session = new MemorySession(held, progress, held.committed);
  return { session, progress, commit: () => held.commit(), rollback: () => held.rollback() };
}

/** An empty store that lives as long as the process. */
export function openMemoryStore(): Store {
  return new MemoryStore();
}
