// The one interface that every store has: an event log with its head, the rows folded from it, and a few counters, per
// workspace. A store holds no rule and looks inside `bytes` for nothing but the words of searchable rows; what it
// promises is held by one conformance suite.

/** One event of a workspace's log; `at` in milliseconds since 1970, `hash` the 64 lower-case hex digits of the chain. */
export type StoredEvent = {
  readonly sequence: number;
  readonly at: number;
  readonly type: string;
  readonly bytes: string;
  readonly hash: string;
};

/** One row: the exact bytes last written under its key. */
export type StoredRow = { readonly key: string; readonly bytes: string };

/** What a row becomes; null deletes it. */
export type RowChange = { readonly key: string; readonly bytes: string | null };

/** The end of a log: its last event's sequence and hash, and the oldest writer that may still append. */
export type StoredHead = { readonly sequence: number; readonly hash: string; readonly minWriter: number };

/** Rows whose key starts with `prefix`, after the key `after`, at most `limit`, in the order of the keys' UTF-8 bytes. */
export type Page = { readonly prefix: string; readonly after?: string; readonly limit: number };

/** One consistent snapshot of one workspace; it ends with the work that it was given to. */
export interface View {
  /** The end of the log; null when the workspace has none yet. */
  head(): Promise<StoredHead | null>;
  /** The rows under the keys, in the order of the keys; null where there is none. */
  load(keys: readonly string[]): Promise<readonly (string | null)[]>;
  /** One event; null when the log does not reach that far. */
  event(sequence: number): Promise<StoredEvent | null>;
  /** At most `limit` events that follow `afterSequence`, in order. */
  events(afterSequence: number, limit: number): Promise<readonly StoredEvent[]>;
  /** One page of rows. */
  rows(page: Page): Promise<readonly StoredRow[]>;
  /**
   * Rows whose key starts with `prefix`, which must lie under one of SEARCHABLE_PREFIXES, and that have any word of
   * `query`: best match first (BM25 over all searchable rows), ties by key descending. The query is plain text of at most
   * 1,000 characters, nothing in it is an operator; one without a word finds the last keys first. `limit` is at most 100.
   * What a word is: words.ts.
   */
  search(prefix: string, query: string, limit: number): Promise<readonly StoredRow[]>;
  /** Counters outside the fold: what is counted and not logged; verify counts what it can anew. */
  counters(): Promise<ReadonlyMap<string, number>>;
}

/** A view that may write once; it sees its own writes, nobody else does before the commit. */
export interface Session extends View {
  /**
   * Appends events that follow `expected` and end at `next`, with the rows they change: all or nothing, at most once a
   * session. When the head is not `expected` (sequence, hash and minWriter) it rejects and the work runs again. Events
   * that leave a gap, and texts with NUL or lone surrogates, are defects.
   */
  append(
    expected: StoredHead | null,
    next: StoredHead,
    events: readonly StoredEvent[],
    rows: readonly RowChange[],
  ): Promise<void>;
  /** Adds to a counter; kept when the session commits, with or without an append. */
  count(name: string, by: number): Promise<void>;
}

/** What the rows were once the log had reached a sequence: `rowsHash` over `rows` of them, kept as so many `parts`. */
export type StoredCheckpoint = {
  readonly sequence: number;
  /** Of the event at that sequence, and its time. */
  readonly hash: string;
  readonly at: number;
  readonly rows: number;
  readonly rowsHash: string;
  readonly parts: number;
};

/**
 * Checkpoints of workspaces. A store holds the bytes and looks into none of them. Parts come first, each in a short
 * transaction of its own so that no writer waits for all of them; the header that comes last makes them count.
 */
export interface Checkpoints {
  /** All headers, by sequence. */
  list(workspace: string): Promise<readonly StoredCheckpoint[]>;
  /** One part of the snapshot, from 0; null where it is not there, as those of all but the last two are not. */
  part(workspace: string, sequence: number, part: number): Promise<Uint8Array | null>;
  /** Keeps one part; what was kept under the same place is replaced. A workspace without a log is a defect. */
  savePart(workspace: string, sequence: number, part: number, bytes: Uint8Array): Promise<void>;
  /**
   * Keeps the header, and forgets parts that are older than the last two checkpoints; false, and nothing is kept, where
   * a checkpoint of this sequence or a later one is there already, or parts are missing.
   */
  save(workspace: string, checkpoint: StoredCheckpoint): Promise<boolean>;
}

/** What a server says of itself; settings as it names them. */
type ServerFacts = {
  readonly version: string;
  /** Host and port of the primary that was found. */
  readonly primary: string;
  /** Somebody accepted that the loss of one machine loses decisions. */
  readonly singleNode: boolean;
  /** How far the server's clock is ahead of this machine's. */
  readonly clockOffsetMs: number;
  readonly fsync: string;
  readonly fullPageWrites: string;
  /** Empty when no standby confirms a commit. */
  readonly synchronousStandbys: string;
};

/** What `doctor` tells of a store; sizes in bytes. A store in memory has no path; `path` of a server is its URL. */
export type StoreFacts = {
  readonly kind: "memory" | "sqlite" | "postgres";
  readonly path: string | null;
  readonly sqliteVersion: string | null;
  readonly schemaVersion: number;
  readonly pageBytes: number;
  readonly diskBytes: number;
  readonly walBytes: number;
  readonly journalMode: string;
  readonly synchronous: string;
  /** Null where there is no server. */
  readonly server: ServerFacts | null;
  /**
   * Room kept back for when the disk is full: what is left of it (null: it has none), how much it should be, and the
   * system's error, such as "EACCES", where something else than a full disk keeps it from being written (else empty).
   */
  readonly kept?: { readonly bytes: number | null; readonly ofBytes: number; readonly blocked: string };
};

export type TransactOptions = {
  /**
   * It may use what the store keeps back for when the disk is full, where it does: all of it, or all but what is left for
   * those that may; all others have to stop there.
   */
  readonly lastRoom?: "all" | "most";
  /** Others follow at once: a wait for the disk may overlap with their work. It still ends before the answer does. */
  readonly shared?: boolean;
};

/** A store of workspaces. Faults of the world reject with StoreFault, misuse with StoreDefect. */
export interface Store {
  readonly kind: "memory" | "sqlite" | "postgres";
  /** Runs `work` over one snapshot that holds every commit acknowledged before the call; it blocks no writer. */
  read<T>(workspace: string, work: (view: View) => Promise<T>): Promise<T>;
  /**
   * Runs `work` as if alone among all writers of the workspace and commits what it wrote before it resolves; when `work`
   * throws, nothing is written and the error passes through. `work` must be re-runnable: where others may write
   * meanwhile, it runs again until it saw one moment from its first read to its commit. It must not call `transact` of
   * the same store.
   */
  transact<T>(workspace: string, work: (session: Session) => Promise<T>, options?: TransactOptions): Promise<T>;
  readonly checkpoints: Checkpoints;
  /** The workspaces that have a log, in the order of their ids' UTF-8 bytes. */
  workspaces(): Promise<readonly string[]>;
  /** Where the store is and how it is set up. */
  facts(): Promise<StoreFacts>;
  /**
   * What is wrong below logs and rows, each in words: structure, rows of no workspace, the index of words. Empty when
   * nothing is. Reads everything; a store that cannot be read at all rejects with StoreFault.
   */
  check(): Promise<readonly string[]>;
  /** Waits for what is under way, then closes; calls that come later are refused. Closing twice is harmless. */
  close(): Promise<void>;
}
