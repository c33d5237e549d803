// The store in one SQLite file: one write connection whose transactions come one at a time, and read connections beside
// it. Several processes may use the file at once.

import { checkWorkspace } from "../contract.ts";
import { StoreDefect, StoreFault } from "../fault.ts";
import type { Checkpoints, Session, Store, StoreFacts, TransactOptions, View } from "../store.ts";
import { Progress, transactWith } from "../transaction.ts";
import { Turns } from "../turns.ts";
import type { Ballast } from "./ballast.ts";
import type { Connection } from "./connection.ts";
import { sizeOf } from "./file.ts";
import { beginWith } from "./patience.ts";
import { isFull, scarce } from "./sql-fault.ts";
import { readNumber, readSettings, readWorkspaces } from "./reads.ts";
import type { Readers } from "./readers.ts";
import { SqliteCheckpoints } from "./sqlite-checkpoints.ts";
import { SqliteSession } from "./sqlite-session.ts";
import type { Watch } from "./watch.ts";
import { WalSync } from "./wal-sync.ts";
import type { WriteLock } from "./write-lock.ts";

/** What an opened store is made of. */
export type Parts = {
  readonly writer: Connection;
  readonly readers: Readers;
  readonly lock: WriteLock;
  readonly watch: Watch;
  readonly ballast: Ballast;
  readonly check: () => Promise<readonly string[]>;
  readonly sqliteVersion: string;
};

/** A transaction of this store: everything about it happens at once. */
type Begun = {
  readonly session: SqliteSession;
  readonly progress: Progress;
  readonly commit: () => void;
  readonly rollback: () => void;
};

export class SqliteStore implements Store {
  readonly kind = "sqlite";
  readonly checkpoints: Checkpoints = new SqliteCheckpoints({
    read: (workspace, work) => this.#ask(workspace, work),
    write: (workspace, work) => this.#change(workspace, work),
  });
  readonly #parts: Parts;
  readonly #turns = new Turns();
  /** Numbers of workspaces; they never change once committed. */
  readonly #numbers = new Map<string, number>();
  /** Transactions that were asked for and are not on the disk yet. */
  readonly #unanswered = new Set<Promise<unknown>>();
  readonly #wal: WalSync;
  /** Whether SQLite leaves the syncing of the log to this store now. */
  #isShared = false;
  /** Checks under way. */
  readonly #checks = new Set<Promise<void>>();
  #stopped: StoreFault | null = null;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#wal = new WalSync(parts.writer.path);
  }

  async read<T>(workspace: string, work: (view: View) => Promise<T>): Promise<T> {
    this.#enter();
    checkWorkspace(workspace);
    const number = (connection: Connection): number => readNumber(connection, workspace);
    return await this.#parts.readers.with(number, async (connection, found) => {
      const progress = new Progress("read");
      try {
        return await work(new SqliteSession(connection, workspace, found, progress));
      } finally {
        progress.end();
      }
    });
  }

  async transact<T>(
    workspace: string,
    work: (session: Session) => Promise<T>,
    options: TransactOptions = {},
  ): Promise<T> {
    this.#enter();
    checkWorkspace(workspace);
    const answer = this.#transact(workspace, work, options);
    this.#unanswered.add(answer);
    try {
      return await answer;
    } finally {
      this.#unanswered.delete(answer);
    }
  }

  async #transact<T>(
    workspace: string,
    work: (session: Session) => Promise<T>,
    { lastRoom, shared = false }: TransactOptions,
  ): Promise<T> {
    let wrote = false;
    const begin = async (): Promise<Begun> => {
      const begun = await this.#begin(workspace, shared);
      const commit = (): void => {
        begun.commit();
        wrote = true;
      };
      return { ...begun, commit };
    };
    const value = await this.#alone(() => this.#whileRoom(lastRoom, () => transactWith(begin, work)));
    // One that wrote nothing may tell what another has committed and not synced yet.
    if (shared || !wrote) await this.#sync();
    return value;
  }

  async workspaces(): Promise<readonly string[]> {
    this.#enter();
    return await this.#parts.readers.with(readWorkspaces, async (_, found) => found);
  }

  async facts(): Promise<StoreFacts> {
    this.#enter();
    const { writer, lock, ballast, sqliteVersion } = this.#parts;
    const told = await lock.take(() => readSettings(writer));
    const sizes = { diskBytes: sizeOf(writer.path), walBytes: sizeOf(`${writer.path}-wal`) };
    const kept = { kept: ballast.kept, server: null };
    // While many write at once the log is synced by this store, before any answer.
    const synchronous = this.#isShared ? "full" : told.synchronous;
    return { kind: "sqlite", path: writer.path, sqliteVersion, ...told, ...sizes, ...kept, synchronous };
  }

  async check(): Promise<readonly string[]> {
    this.#enter();
    const check = this.#parts.check();
    const over = check.then(
      () => undefined,
      () => undefined,
    );
    this.#checks.add(over);
    try {
      return await check;
    } finally {
      this.#checks.delete(over);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    while (this.#unanswered.size > 0) await Promise.allSettled(this.#unanswered);
    await this.#turns.run(async () => undefined);
    await this.#parts.readers.close();
    await this.#wal.close();
    await Promise.all(this.#checks);
    // Last: the connection that closes last empties the write-ahead log into the file.
    this.#parts.writer.close();
  }

  async #ask<T>(workspace: string, work: (connection: Connection, number: number) => T): Promise<T> {
    this.#enter();
    const number = (connection: Connection): number => readNumber(connection, workspace);
    return await this.#parts.readers.with(number, async (connection, found) => work(connection, found));
  }

  /** Alone among the writers of this store; a fault that leaves the disk unknown stops it. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    return await this.#turns.run(async () => {
      // A fault may have stopped the store while this call waited.
      if (this.#stopped !== null) throw this.#stopped;
      try {
        return await work();
      } catch (error) {
        this.#stopOn(error);
        throw error;
      }
    });
  }

  /** Something beside the log, in a transaction of its own. */
  async #change<T>(workspace: string, work: (connection: Connection, number: number) => T): Promise<T> {
    this.#enter();
    const attempt = async (): Promise<T> => {
      const { session, commit, rollback } = await this.#begin(workspace, false);
      try {
        const changed = work(this.#parts.writer, session.number);
        commit();
        return changed;
      } catch (error) {
        rollback();
        throw error;
      }
    };
    return await this.#alone(() => this.#whileRoom(undefined, attempt));
  }

  #enter(): void {
    if (this.#stopped !== null) throw this.#stopped;
    if (this.#closed) throw new StoreDefect("the store is closed");
  }

  /** What the ballast gives up is for the last alone: all others wait for room. */
  async #whileRoom<T>(lastRoom: TransactOptions["lastRoom"], attempt: () => Promise<T>): Promise<T> {
    const { ballast, watch, writer } = this.#parts;
    if (lastRoom === undefined) {
      if (ballast.isShort()) throw scarce(writer.path);
      return await attempt();
    }
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!isFull(error) || !ballast.give(lastRoom)) throw error;
        // What lies in the write-ahead log moves into the file, and the log is used anew from its start.
        watch.emptyWal();
      }
    }
  }

  /** INVARIANT: what was committed is on the disk, or the store has stopped, before anybody is answered. */
  async #sync(): Promise<void> {
    try {
      await this.#wal.sync();
    } catch (error) {
      this.#stopOn(error);
      throw error;
    }
    // The failure of another write may have been told to that one alone, and this one lie behind it.
    if (this.#stopped !== null) throw this.#stopped;
  }

  async #begin(workspace: string, shared: boolean): Promise<Begun> {
    const { writer, lock } = this.#parts;
    if (shared !== this.#isShared) writer.script(`PRAGMA synchronous = ${shared ? "NORMAL" : "FULL"}`);
    this.#isShared = shared;
    const known = this.#numbers.get(workspace);
    const number = await lock.take(() =>
      beginWith(writer, "BEGIN IMMEDIATE", () => known ?? readNumber(writer, workspace)),
    );
    const progress = new Progress("write");
    const session = new SqliteSession(writer, workspace, number, progress);
    return { session, progress, commit: () => this.#commit(workspace, session), rollback: () => writer.rollback() };
  }

  #commit(workspace: string, session: SqliteSession): void {
    const { writer, watch } = this.#parts;
    try {
      writer.run("COMMIT");
    } catch (error) {
      writer.rollback();
      throw error;
    }
    this.#numbers.set(workspace, session.number);
    watch.afterCommit();
  }

  /** INVARIANT: after a failed write nothing is guessed; what the disk holds is only known once it is opened anew. */
  #stopOn(error: unknown): void {
    if (!(error instanceof StoreFault) || error.path !== this.#parts.writer.path) return;
    if (error.code === "store.io" || error.code === "store.corrupt") this.#stopped = error;
  }
}
