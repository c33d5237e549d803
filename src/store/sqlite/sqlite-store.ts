// The store in one SQLite file: one write connection whose transactions come one at a time, and read connections beside
// it. Several processes may use the file at once.

import { checkWorkspace } from "../contract.ts";
import { StoreDefect, StoreFault } from "../fault.ts";
import type { Session, Store, StoreFacts, View } from "../store.ts";
import { Progress, transactWith, type Transaction } from "../transaction.ts";
import { Turns } from "../turns.ts";
import type { Connection } from "./connection.ts";
import { sizeOf } from "./file.ts";
import { beginWith } from "./patience.ts";
import { readNumber, readSettings, readWorkspaces } from "./reads.ts";
import type { Readers } from "./readers.ts";
import { SqliteSession } from "./sqlite-session.ts";
import type { Watch } from "./watch.ts";
import type { WriteLock } from "./write-lock.ts";

/** What an opened store is made of. */
export type Parts = {
  readonly writer: Connection;
  readonly readers: Readers;
  readonly lock: WriteLock;
  readonly watch: Watch;
  readonly sqliteVersion: string;
};

export class SqliteStore implements Store {
  readonly kind = "sqlite";
  readonly #parts: Parts;
  readonly #turns = new Turns();
  /** Numbers of workspaces; they never change once committed. */
  readonly #numbers = new Map<string, number>();
  #stopped: StoreFault | null = null;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
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

  async transact<T>(workspace: string, work: (session: Session) => Promise<T>): Promise<T> {
    this.#enter();
    checkWorkspace(workspace);
    return await this.#turns.run(async () => {
      // A fault may have stopped the store while this call waited.
      if (this.#stopped !== null) throw this.#stopped;
      try {
        return await transactWith(() => this.#begin(workspace), work);
      } catch (error) {
        this.#stopOn(error);
        throw error;
      }
    });
  }

  async workspaces(): Promise<readonly string[]> {
    this.#enter();
    return await this.#parts.readers.with(readWorkspaces, async (_, found) => found);
  }

  async facts(): Promise<StoreFacts> {
    this.#enter();
    const { writer, lock, sqliteVersion } = this.#parts;
    const told = await lock.take(() => readSettings(writer));
    const sizes = { diskBytes: sizeOf(writer.path), walBytes: sizeOf(`${writer.path}-wal`) };
    return { kind: "sqlite", path: writer.path, sqliteVersion, ...told, ...sizes, server: null };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#turns.run(async () => undefined);
    await this.#parts.readers.close();
    // Last: the connection that closes last empties the write-ahead log into the file.
    this.#parts.writer.close();
  }

  #enter(): void {
    if (this.#stopped !== null) throw this.#stopped;
    if (this.#closed) throw new StoreDefect("the store is closed");
  }

  async #begin(workspace: string): Promise<Transaction> {
    const { writer, lock } = this.#parts;
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
