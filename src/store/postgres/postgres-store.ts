// The store in a PostgreSQL schema: any number of kernels on any number of machines may use it at once. Works run without
// a lock and compare the head when they commit; workspaces have their turns apart from each other.

import { checkWorkspace } from "../contract.ts";
import { StoreDefect, StoreFault } from "../fault.ts";
import type { Checkpoints, Session, Store, StoreFacts, View } from "../store.ts";
import { Progress, transactWith, type Transaction } from "../transaction.ts";
import { Turns } from "../turns.ts";
import type { ClockCheck } from "./clock-check.ts";
import type { Ask, Connection } from "./connection.ts";
import { readChecksumFailures, readFacts } from "./facts.ts";
import type { Pool } from "./pool.ts";
import { PostgresCheckpoints } from "./postgres-checkpoints.ts";
import { PostgresSession, type SessionParts } from "./postgres-session.ts";
import type { Identity } from "./schema.ts";
import { gaveUp } from "./sql-fault.ts";
import { Writing, type WritingParts } from "./writing.ts";

/** What an opened store is made of. */
export type Parts = SessionParts &
  WritingParts & {
    readonly readers: Pool;
    readonly clock: ClockCheck;
    readonly schema: string;
    readonly identity: Identity;
  };

/** From this run on the head is locked first: whoever lost two races must not lose for ever. */
const LOCKED_RUN = 3;
/** For so long after a lost race, works of that workspace lock first at once: others are about. */
const CONTENDED_MS = 200;
/** Of so many workspaces heads are remembered, and that they are contended. */
const HEADS_MAX = 10_000;

export class PostgresStore implements Store {
  readonly kind = "postgres";
  readonly checkpoints: Checkpoints;
  readonly #parts: Parts;
  readonly #turns = new Turns();
  readonly #underWay = new Set<Promise<unknown>>();
  /** Until when a workspace counts as contended. */
  readonly #contended = new Map<string, number>();
  #closing: Promise<void> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.checkpoints = new PostgresCheckpoints(parts.schema, async (work) => {
      this.#enter();
      return await this.#track(work(this.#parts.ask));
    });
  }

  async read<T>(workspace: string, work: (view: View) => Promise<T>): Promise<T> {
    this.#enter();
    checkWorkspace(workspace);
    return await this.#track(this.#look(workspace, work));
  }

  async transact<T>(workspace: string, work: (session: Session) => Promise<T>): Promise<T> {
    this.#enter();
    checkWorkspace(workspace);
    const turn = this.#turns.run(async () => {
      await this.#parts.clock.check();
      return await transactWith((run) => this.#begin(workspace, run), work);
    }, workspace);
    return await this.#track(turn);
  }

  async workspaces(): Promise<readonly string[]> {
    this.#enter();
    return await this.#track(this.#parts.reads.workspaces(this.#parts.ask));
  }

  async facts(): Promise<StoreFacts> {
    this.#enter();
    const { schema, identity, clock } = this.#parts;
    const found = async (): Promise<StoreFacts> => {
      await clock.look();
      return await this.#patiently((connection) => readFacts(connection, schema, identity, clock.offsetMs));
    };
    return await this.#track(found());
  }

  async check(): Promise<readonly string[]> {
    this.#enter();
    return await this.#track(this.#patiently(readChecksumFailures));
  }

  async close(): Promise<void> {
    return await (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    await this.#parts.readers.close();
    await this.#parts.pool.close();
  }

  #enter(): void {
    if (this.#closing !== null) throw new StoreDefect("the store is closed");
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  /** Does what may be done again over another connection. */
  async #patiently<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const { pool, patience, where } = this.#parts;
    return await patience.until(() => pool.with(work), gaveUp(where, patience.patienceMs));
  }

  async #look<T>(workspace: string, work: (view: View) => Promise<T>): Promise<T> {
    const { readers, reads } = this.#parts;
    const connection = await this.#snapshot();
    const progress = new Progress("read");
    const ask: Ask = async (question, values) => {
      try {
        return await connection.ask(question, values);
      } catch (error) {
        throw error instanceof StoreFault ? error : cutOff(connection, error);
      }
    };
    const head = async (): Promise<Awaited<ReturnType<View["head"]>>> => (await reads.head(ask, workspace)).head;
    const nothing = { counts: new Map<string, number>(), count: () => undefined, append: () => undefined };
    try {
      return await work(new PostgresSession(this.#parts, workspace, progress, { ask, head, ...nothing }));
    } finally {
      progress.end();
      readers.give(connection);
    }
  }

  /** A connection in a snapshot; where the one that lay idle is gone, another one. */
  async #snapshot(): Promise<Connection> {
    const { readers, patience, where } = this.#parts;
    const attempt = async (): Promise<Connection> => {
      const connection = await readers.take();
      try {
        await connection.begin("snapshot");
        return connection;
      } catch (error) {
        readers.give(connection);
        throw error;
      }
    };
    return await patience.until(attempt, gaveUp(where, patience.patienceMs));
  }

  /** True when another writer was met lately; a second run has just met one. */
  #isContended(workspace: string, run: number): boolean {
    const nowMs = this.#parts.patience.nowMs();
    if (run > 1) this.#contended.set(workspace, nowMs + CONTENDED_MS);
    if ((this.#contended.get(workspace) ?? 0) > nowMs) return true;
    this.#contended.delete(workspace);
    return false;
  }

  async #begin(workspace: string, run: number): Promise<Transaction> {
    const { heads, patience, where } = this.#parts;
    if (heads.size > HEADS_MAX) heads.clear();
    if (this.#contended.size > HEADS_MAX) this.#contended.clear();
    const isContended = this.#isContended(workspace, run);
    const progress = new Progress("write");
    const writing = new Writing(this.#parts, workspace, progress);
    if (run >= LOCKED_RUN || (run === 1 && isContended))
      await patience.until(() => writing.lock(), gaveUp(where, patience.patienceMs));
    const session = new PostgresSession(this.#parts, workspace, progress, writing);
    return { session, progress, commit: () => writing.commit(), rollback: () => writing.rollback() };
  }
}

function cutOff({ where }: Connection, error: unknown): StoreFault {
  const told = `${where} was lost in the middle of a read`;
  return new StoreFault(
    "store.io",
    where,
    `${told} (${error instanceof Error ? error.message : ""}): read again`,
    error,
  );
}
