// One connection to one server: questions are prepared once by their name, errors become what they mean, and a server
// that does not answer in time is as good as gone.

import type { Client, QueryArrayResult } from "pg";
import type { Columns } from "./columns.ts";
import { Conflict, fromStatement, gaveNoAnswer, Lost } from "./sql-fault.ts";
import type { Host } from "./url.ts";

export type Value = string | number | boolean | null | Buffer;

/** A statement; with a name it is prepared once a connection. */
export type Question = { readonly name?: string; readonly text: string };

export type Ask = (question: Question, values: readonly Value[]) => Promise<readonly Columns[]>;

// Writes a record into the server's log and nothing else.
const PROOF: Question = { text: "SELECT pg_catalog.pg_logical_emit_message(true, 'exec-kernel', '')" };

/** A server that is there ends a connection at once. */
const GOODBYE_MS = 1_000;
/** Undoing takes no time; a server that is that slow ends the transaction all the same when its connection goes. */
const UNDOING_MS = 5_000;

export type ConnectionOptions = {
  readonly host: Host;
  /** The store's URL without its password. */
  readonly where: string;
  /** A server that has not answered for so long is as good as gone. */
  readonly answerTimeoutMs: number;
  /** Is told when the connection turns out to be gone. */
  readonly onLost: (lost: Lost) => void;
};

export class Connection {
  readonly where: string;
  readonly host: Host;
  readonly #client: Client;
  readonly #answerTimeoutMs: number;
  readonly #onLost: (lost: Lost) => void;
  #broken = false;
  #inTransaction = false;
  #proven = false;

  constructor(client: Client, { host, where, answerTimeoutMs, onLost }: ConnectionOptions) {
    this.#client = client;
    this.host = host;
    this.where = where;
    this.#answerTimeoutMs = answerTimeoutMs;
    this.#onLost = onLost;
    client.on("error", () => this.drop());
    client.on("end", () => (this.#broken = true));
  }

  get broken(): boolean {
    return this.#broken;
  }

  get inTransaction(): boolean {
    return this.#inTransaction;
  }

  /** Asks and waits for the rows; throws Lost, Conflict, StoreFault or StoreDefect. */
  async ask(question: Question, values: readonly Value[] = []): Promise<readonly Columns[]> {
    return (await this.#query(question, values, this.#answerTimeoutMs)).rows;
  }

  /**
   * Once a connection: a commit that waits for the synchronous standby. A server that crashed and came back, or was just
   * promoted, shows commits that no standby has yet, and reading waits for nobody; the log of the server has one order, so
   * when this commit is on the standby, all that the connection ever shows is.
   */
  async prove(): Promise<void> {
    if (!this.#proven) await this.ask(PROOF);
    this.#proven = true;
  }

  /** Begins a transaction, and fixes its moment where it has one. */
  async begin(kind: "write" | "snapshot"): Promise<void> {
    this.#inTransaction = true;
    const isolation = kind === "write" ? "" : " ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1";
    await this.ask({ text: `BEGIN${isolation}` });
  }

  async commit(): Promise<void> {
    const { command } = await this.#query({ text: "COMMIT" }, [], this.#answerTimeoutMs);
    this.#inTransaction = false;
    // A transaction of which a statement failed is undone, and the server does not call that an error.
    if (command !== "COMMIT") throw new Conflict("the transaction had failed before its commit");
  }

  /** Ends a transaction, if there is one, without what it wrote. */
  async rollback(): Promise<void> {
    if (!this.#inTransaction || this.#broken) return;
    await this.#query({ text: "ROLLBACK" }, [], Math.min(UNDOING_MS, this.#answerTimeoutMs));
    this.#inTransaction = false;
  }

  /** Closes at once, whatever is under way. */
  drop(): void {
    this.#broken = true;
    this.#client.connection.stream.destroy();
  }

  /** Says goodbye; a server that is silent is not waited for. */
  async close(): Promise<void> {
    if (this.#broken) return;
    this.#broken = true;
    const timer = setTimeout(() => this.drop(), GOODBYE_MS);
    await this.#client.end().catch(() => undefined);
    clearTimeout(timer);
  }

  async #query(question: Question, values: readonly Value[], limitMs: number): Promise<QueryArrayResult> {
    if (this.#broken) throw new Lost("the connection was closed");
    let silent: Lost | null = null;
    const timer = setTimeout(() => {
      silent = gaveNoAnswer(limitMs);
      this.drop();
    }, limitMs);
    try {
      return await this.#client.query<unknown[]>({ ...question, values: [...values], rowMode: "array" });
    } catch (error) {
      const meaning = silent ?? fromStatement(error, this.where);
      if (meaning instanceof Lost) this.#lose(meaning);
      throw meaning;
    } finally {
      clearTimeout(timer);
    }
  }

  #lose(lost: Lost): void {
    this.drop();
    this.#onLost(lost);
  }
}
