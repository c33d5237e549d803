// One run of a work: it reads without a lock, what it appends is kept here, and at its end all goes out in one statement
// that compares the head. Where the work reads on after its append, or has lost the race before, it goes on in a
// transaction of the server that holds the head's lock, and cannot lose.
//
// INVARIANT: what a work saw is one moment. A head never comes back; so when it is the known one before the first read
// and after the last, nothing changed between them.

import { sameHead } from "../contract.ts";
import type { StoredHead } from "../store.ts";
import { HeadMoved, type Progress } from "../transaction.ts";
import type { Appender } from "./appender.ts";
import type { Ask, Connection } from "./connection.ts";
import { fatesOf, type FateParts } from "./fate.ts";
import { flush, type Append, type Entry, type Fate } from "./flush.ts";
import { headOf, type KnownHead } from "./reads.ts";
import { Conflict, Lost } from "./sql-fault.ts";

export type WritingParts = FateParts & {
  readonly appender: Appender;
  /** Asks over whichever connection is free, again over another one when it is lost. */
  readonly ask: Ask;
  /** The same, and what it shows is on the synchronous standby too. */
  readonly askProven: Ask;
  /** The heads that this process last committed or read. */
  readonly heads: Map<string, KnownHead>;
};

export class Writing {
  readonly #parts: WritingParts;
  readonly #workspace: string;
  readonly #progress: Progress;
  readonly #counts = new Map<string, number>();
  #known: Promise<KnownHead> | null = null;
  #looked = false;
  #append: Append | null = null;
  /** The connection of a begun transaction. */
  #held: Connection | null = null;
  /** The append on its way into that transaction. */
  #applied: Promise<void> | null = null;

  constructor(parts: WritingParts, workspace: string, progress: Progress) {
    this.#parts = parts;
    this.#workspace = workspace;
    this.#progress = progress;
  }

  /** Takes the head's lock before anything is read: this run cannot lose. */
  async lock(): Promise<void> {
    const { pool, statements } = this.#parts;
    const held = await pool.take();
    try {
      await held.begin("write");
      await held.ask(statements.keepPlace, [this.#workspace]);
      this.#known = Promise.resolve(headOf((await held.ask(statements.lockHead, [this.#workspace]))[0]));
      this.#held = held;
    } catch (error) {
      pool.give(held);
      throw error;
    }
  }

  async head(): Promise<StoredHead | null> {
    this.#looked = true;
    return this.#append?.next ?? (await this.#knownHead()).head;
  }

  /** What was counted in this run. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  count(name: string, by: number): void {
    this.#counts.set(name, by);
  }

  append(append: Append): void {
    this.#append = append;
  }

  /** Asks in the moment of this run, its own append included. */
  readonly ask: Ask = async (question, values) => {
    this.#looked = true;
    await this.#knownHead();
    // A read that its work did not wait for must not begin a transaction that nobody ends.
    this.#progress.use();
    try {
      if (this.#append !== null) await (this.#applied ??= this.#apply(this.#append));
      if (this.#held !== null) return await this.#held.ask(question, values);
    } catch (error) {
      // Nothing is left of a transaction of which one statement failed.
      this.#progress.fail(isPassing(error) ? new HeadMoved(this.#append?.next ?? null) : asError(error));
      throw error;
    }
    return await this.#parts.ask(question, values);
  };

  async commit(): Promise<void> {
    const known = await this.#knownHead();
    await this.#applied?.catch(() => undefined);
    const { failure } = this.#progress;
    if (failure !== null) {
      if (this.#held !== null) this.#parts.pool.give(this.#held);
      throw failure instanceof HeadMoved ? this.#moved(known.head) : failure;
    }
    const entry = { workspace: this.#workspace, known, append: this.#append, counts: this.#counts };
    const fate = this.#held === null ? await this.#parts.appender.append(entry) : await this.#commitHeld(entry);
    if (fate === null) throw this.#moved(known.head);
    this.#parts.heads.set(this.#workspace, { head: entry.append?.next ?? known.head, epoch: fate.epoch });
  }

  /**
   * Lets go of what was gathered; throws HeadMoved when the work was done on a head that is no more. A work that wrote
   * nothing is answered from what it read (a first answer given again): that must outlive the server, as a commit does.
   */
  async rollback(): Promise<void> {
    const { pool, reads, askProven } = this.#parts;
    await this.#applied?.catch(() => undefined);
    const isHeld = this.#held !== null;
    if (this.#held !== null) pool.give(this.#held);
    const { failure } = this.#progress;
    if (failure instanceof HeadMoved) this.#parts.heads.delete(this.#workspace);
    if (!this.#looked || failure instanceof HeadMoved) return;
    const [known, now] = [await this.#knownHead(), await reads.head(askProven, this.#workspace)];
    if (!isHeld && !sameHead(known.head, now.head)) throw this.#moved(known.head);
  }

  /** Sends what is not in the transaction yet, and commits; the append has arrived or was never sent. */
  async #commitHeld(entry: Entry): Promise<Fate> {
    const { pool } = this.#parts;
    const held = this.#held;
    if (held === null) return null;
    try {
      if (!(await this.#sendRest(held, entry))) return null;
      await held.commit();
      return { epoch: entry.known.epoch };
    } catch (error) {
      if (!isPassing(error)) throw error;
    } finally {
      pool.give(held);
    }
    const [fate] = await fatesOf(this.#parts, [entry]);
    return fate ?? null;
  }

  async #sendRest(held: Connection, entry: Entry): Promise<boolean> {
    const isApplied = this.#applied !== null;
    if (isApplied && entry.counts.size === 0) return true;
    const { known, append } = entry;
    const rest = isApplied ? { ...entry, append: null, known: { ...known, head: append?.next ?? null } } : entry;
    return await this.#send(held, rest);
  }

  /** Begins a transaction, where there is none, and writes the append into it. */
  async #apply(append: Append): Promise<void> {
    const known = await this.#knownHead();
    const held = (this.#held ??= await this.#begun());
    const entry = { workspace: this.#workspace, known, append, counts: new Map<string, number>() };
    if (!(await this.#send(held, entry))) throw new HeadMoved(known.head);
  }

  async #begun(): Promise<Connection> {
    const { pool } = this.#parts;
    const connection = await pool.take();
    try {
      await connection.begin("write");
      return connection;
    } catch (error) {
      pool.give(connection);
      throw error;
    }
  }

  async #send(held: Connection, entry: Entry): Promise<boolean> {
    const [fate] = await flush((question, values) => held.ask(question, values), this.#parts.statements, [entry]);
    return fate !== null && fate !== undefined;
  }

  #knownHead(): Promise<KnownHead> {
    return (this.#known ??= this.#findHead());
  }

  async #findHead(): Promise<KnownHead> {
    const { heads, reads, ask } = this.#parts;
    const known = heads.get(this.#workspace) ?? (await reads.head(ask, this.#workspace));
    heads.set(this.#workspace, known);
    return known;
  }

  #moved(expected: StoredHead | null): HeadMoved {
    this.#parts.heads.delete(this.#workspace);
    return new HeadMoved(expected);
  }
}

/** The race was lost, or the connection: another run may win. */
function isPassing(error: unknown): boolean {
  return error instanceof Lost || error instanceof Conflict || error instanceof HeadMoved;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
