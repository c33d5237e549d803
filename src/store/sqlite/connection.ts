// One connection to the file: statements are prepared once and kept, errors of the world become StoreFaults.

import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Driver } from "./driver.ts";
import { damaged, fromSqlite } from "./sql-fault.ts";

/** The columns of one result row, by position. */
export type Columns = Readonly<Record<number, unknown>>;

export class Connection {
  readonly path: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(driver: Driver, path: string) {
    this.path = path;
    try {
      this.#database = new driver.DatabaseSync(path);
    } catch (error) {
      throw fromSqlite(error, path);
    }
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** Runs SQL that is used once: pragmas and schemas. */
  script(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw fromSqlite(error, this.path);
    }
  }

  run(sql: string, ...values: readonly SQLInputValue[]): void {
    try {
      this.#statement(sql).run(...values);
    } catch (error) {
      throw fromSqlite(error, this.path);
    }
  }

  first(sql: string, ...values: readonly SQLInputValue[]): Columns | null {
    try {
      return this.#statement(sql).get(...values) ?? null;
    } catch (error) {
      throw fromSqlite(error, this.path);
    }
  }

  all(sql: string, ...values: readonly SQLInputValue[]): readonly Columns[] {
    try {
      return this.#statement(sql).all(...values);
    } catch (error) {
      throw fromSqlite(error, this.path);
    }
  }

  text(columns: Columns, index: number): string {
    const value = columns[index];
    if (typeof value !== "string") throw damaged(this.path, `column ${index} is no text`);
    return value;
  }

  integer(columns: Columns, index: number): number {
    const value = columns[index];
    if (typeof value !== "number") throw damaged(this.path, `column ${index} is no integer`);
    return value;
  }

  /** Ends a transaction that SQLite may already have rolled back by itself. */
  rollback(): void {
    if (this.inTransaction) this.run("ROLLBACK");
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
