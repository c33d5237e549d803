// Checkpoints in the PostgreSQL schema: headers and parts in two tables of their own, each write one statement.

import { checkCheckpoint, checkPart, checkWorkspace, SNAPSHOTS_KEPT } from "../contract.ts";
import { StoreDefect } from "../fault.ts";
import type { Checkpoints, StoredCheckpoint } from "../store.ts";
import { bytesAt, integerAt, isTrueAt, textAt, type Columns } from "./columns.ts";
import type { Ask, Question, Value } from "./connection.ts";
import { quoted } from "./statements.ts";

function toCheckpoint(columns: Columns): StoredCheckpoint {
  return {
    sequence: integerAt(columns, 0),
    hash: textAt(columns, 1),
    at: integerAt(columns, 2),
    rows: integerAt(columns, 3),
    rowsHash: textAt(columns, 4),
    parts: integerAt(columns, 5),
  };
}

type Questions = { readonly [K in "list" | "part" | "savePart" | "save" | "forget"]: Question };

function questionsFor(schema: string): Questions {
  const s = quoted(schema);
  const hasLog = `EXISTS (SELECT FROM ${s}.head WHERE workspace = $1 AND sequence > 0)`;
  return {
    list: {
      name: "checkpoints",
      text: `
        SELECT sequence, hash, at, row_count, rows_hash, parts FROM ${s}.checkpoint WHERE workspace = $1
        ORDER BY sequence`,
    },
    part: {
      name: "checkpoint_part",
      text: `SELECT bytes FROM ${s}.checkpoint_part WHERE workspace = $1 AND sequence = $2 AND part = $3`,
    },
    savePart: {
      name: "save_checkpoint_part",
      text: `
        WITH saved AS (
          INSERT INTO ${s}.checkpoint_part (workspace, sequence, part, bytes)
          SELECT $1, $2, $3, $4 WHERE ${hasLog}
          ON CONFLICT (workspace, sequence, part) DO UPDATE SET bytes = excluded.bytes
        )
        SELECT ${hasLog}`,
    },
    // Two that save at once: the second finds the first one's header in its way, or is the later one.
    save: {
      name: "save_checkpoint",
      text: `
        WITH saved AS (
          INSERT INTO ${s}.checkpoint (workspace, sequence, hash, at, row_count, rows_hash, parts)
          SELECT $1, $2, $3, $4, $5, $6, $7
          WHERE NOT EXISTS (SELECT FROM ${s}.checkpoint WHERE workspace = $1 AND sequence >= $2)
            AND (SELECT count(*) FROM ${s}.checkpoint_part WHERE workspace = $1 AND sequence = $2 AND part < $7) = $7
          ON CONFLICT DO NOTHING RETURNING sequence
        )
        SELECT ${hasLog}, EXISTS (SELECT FROM saved)`,
    },
    forget: {
      name: "forget_checkpoint_parts",
      text: `
        DELETE FROM ${s}.checkpoint_part WHERE workspace = $1 AND sequence < (
          SELECT min(sequence) FROM (
            SELECT sequence FROM ${s}.checkpoint WHERE workspace = $1
            ORDER BY sequence DESC LIMIT ${SNAPSHOTS_KEPT}) AS kept)`,
    },
  };
}

/** `run` tells the store of what is under way, so that closing waits for it. */
type Run = <T>(work: (ask: Ask) => Promise<T>) => Promise<T>;

export class PostgresCheckpoints implements Checkpoints {
  readonly #questions: Questions;
  readonly #run: Run;

  constructor(schema: string, run: Run) {
    this.#questions = questionsFor(schema);
    this.#run = run;
  }

  async list(workspace: string): Promise<readonly StoredCheckpoint[]> {
    checkWorkspace(workspace);
    return (await this.#ask(this.#questions.list, [workspace])).map(toCheckpoint);
  }

  async part(workspace: string, sequence: number, part: number): Promise<Uint8Array | null> {
    checkWorkspace(workspace);
    checkPart(sequence, part);
    const [columns] = await this.#ask(this.#questions.part, [workspace, sequence, part]);
    return columns === undefined ? null : bytesAt(columns, 0);
  }

  async savePart(workspace: string, sequence: number, part: number, bytes: Uint8Array): Promise<void> {
    checkWorkspace(workspace);
    checkPart(sequence, part);
    const [columns] = await this.#ask(this.#questions.savePart, [workspace, sequence, part, Buffer.from(bytes)]);
    withLog(columns);
  }

  async save(workspace: string, checkpoint: StoredCheckpoint): Promise<boolean> {
    checkWorkspace(workspace);
    checkCheckpoint(checkpoint);
    const { sequence, hash, at, rows, rowsHash, parts } = checkpoint;
    const [columns] = await this.#ask(this.#questions.save, [workspace, sequence, hash, at, rows, rowsHash, parts]);
    withLog(columns);
    if (!isTrueAt(columns ?? [], 1)) return false;
    await this.#ask(this.#questions.forget, [workspace]);
    return true;
  }

  #ask(question: Question, values: readonly Value[]): Promise<readonly Columns[]> {
    return this.#run((ask) => ask(question, values));
  }
}

function withLog(columns: Columns | undefined): void {
  if (!isTrueAt(columns ?? [], 0)) throw new StoreDefect("a workspace without a log has no checkpoint");
}
