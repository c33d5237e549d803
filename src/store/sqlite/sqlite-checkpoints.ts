// Checkpoints in the SQLite file: headers and parts in two tables of their own, each write one short transaction.

import { checkCheckpoint, checkPart, checkWorkspace, SNAPSHOTS_KEPT } from "../contract.ts";
import { StoreDefect } from "../fault.ts";
import type { Checkpoints, StoredCheckpoint } from "../store.ts";
import type { Columns, Connection } from "./connection.ts";
import { damaged } from "./sql-fault.ts";

/** Runs a question, or a write in a transaction of its own, with the number of the workspace (0: it has none). */
type Access = {
  readonly read: <T>(workspace: string, work: (connection: Connection, number: number) => T) => Promise<T>;
  readonly write: <T>(workspace: string, work: (connection: Connection, number: number) => T) => Promise<T>;
};

const LIST = `
  SELECT sequence, hash, at, row_count, rows_hash, parts FROM checkpoint WHERE workspace = ? ORDER BY sequence`;
const PART = "SELECT bytes FROM checkpoint_part WHERE workspace = ? AND sequence = ? AND part = ?";
const SAVE_PART = `
  INSERT INTO checkpoint_part (workspace, sequence, part, bytes) VALUES (?, ?, ?, ?)
  ON CONFLICT (workspace, sequence, part) DO UPDATE SET bytes = excluded.bytes`;
const COUNT_PARTS = `
  SELECT count(*), (SELECT coalesce(max(sequence), 0) FROM checkpoint WHERE workspace = ?)
  FROM checkpoint_part WHERE workspace = ? AND sequence = ? AND part < ?`;
const SAVE = `
  INSERT INTO checkpoint (workspace, sequence, hash, at, row_count, rows_hash, parts) VALUES (?, ?, ?, ?, ?, ?, ?)`;
const FORGET = `
  DELETE FROM checkpoint_part WHERE workspace = ?1 AND sequence < (
    SELECT min(sequence) FROM (
      SELECT sequence FROM checkpoint WHERE workspace = ?1 ORDER BY sequence DESC LIMIT ${SNAPSHOTS_KEPT}))`;

function toCheckpoint(connection: Connection, columns: Columns): StoredCheckpoint {
  return {
    sequence: connection.integer(columns, 0),
    hash: connection.text(columns, 1),
    at: connection.integer(columns, 2),
    rows: connection.integer(columns, 3),
    rowsHash: connection.text(columns, 4),
    parts: connection.integer(columns, 5),
  };
}

function withLog(number: number): void {
  if (number === 0) throw new StoreDefect("a workspace without a log has no checkpoint");
}

export class SqliteCheckpoints implements Checkpoints {
  readonly #access: Access;

  constructor(access: Access) {
    this.#access = access;
  }

  async list(workspace: string): Promise<readonly StoredCheckpoint[]> {
    checkWorkspace(workspace);
    return this.#access.read(workspace, (connection, number) =>
      connection.all(LIST, number).map((columns) => toCheckpoint(connection, columns)),
    );
  }

  async part(workspace: string, sequence: number, part: number): Promise<Uint8Array | null> {
    checkWorkspace(workspace);
    checkPart(sequence, part);
    return this.#access.read(workspace, (connection, number) => {
      const columns = connection.first(PART, number, sequence, part);
      if (columns === null) return null;
      const [bytes] = [columns[0]];
      if (!(bytes instanceof Uint8Array)) throw damaged(connection.path, "column 0 is no blob");
      return bytes;
    });
  }

  async savePart(workspace: string, sequence: number, part: number, bytes: Uint8Array): Promise<void> {
    checkWorkspace(workspace);
    checkPart(sequence, part);
    await this.#access.write(workspace, (connection, number) => {
      withLog(number);
      connection.run(SAVE_PART, number, sequence, part, bytes);
    });
  }

  async save(workspace: string, checkpoint: StoredCheckpoint): Promise<boolean> {
    checkWorkspace(workspace);
    checkCheckpoint(checkpoint);
    const { sequence, hash, at, rows, rowsHash, parts } = checkpoint;
    return this.#access.write(workspace, (connection, number) => {
      withLog(number);
      const found = connection.first(COUNT_PARTS, number, number, sequence, parts) ?? {};
      if (connection.integer(found, 0) !== parts || connection.integer(found, 1) >= sequence) return false;
      connection.run(SAVE, number, sequence, hash, at, rows, rowsHash, parts);
      connection.run(FORGET, number);
      return true;
    });
  }
}
