// Every question a view asks. They go over any connection: one in a transaction, or whichever is free.

import { compareKeys, prefixEnd } from "../key-order.ts";
import type { Page, StoredEvent, StoredHead, StoredRow } from "../store.ts";
import { integerAt, textAt, type Columns } from "./columns.ts";
import type { Ask, Question } from "./connection.ts";
import { quoted } from "./statements.ts";
import { texts } from "./wire-arrays.ts";

/**
 * A head as the store knows it. The epoch, outside the log, grows when commits of unknown fate are shut out; a workspace
 * without a log has no head, and may have an epoch.
 */
export type KnownHead = { readonly head: StoredHead | null; readonly epoch: number };

const EVENT_COLUMNS = "sequence, at, type, convert_from(bytes, 'UTF8'), hash";
const ROW_COLUMNS = "key, convert_from(bytes, 'UTF8')";

/** A row of the table of heads; none for a workspace that is not there. */
export function headOf(columns: Columns | undefined): KnownHead {
  if (columns === undefined) return { head: null, epoch: 0 };
  const [sequence, hash, minWriter] = [integerAt(columns, 0), textAt(columns, 1), integerAt(columns, 2)];
  return { head: sequence === 0 ? null : { sequence, hash, minWriter }, epoch: integerAt(columns, 3) };
}

function eventOf(columns: Columns): StoredEvent {
  const [sequence, at] = [integerAt(columns, 0), integerAt(columns, 1)];
  return { sequence, at, type: textAt(columns, 2), bytes: textAt(columns, 3), hash: textAt(columns, 4) };
}

function rowOf(columns: Columns): StoredRow {
  return { key: textAt(columns, 0), bytes: textAt(columns, 1) };
}

type PageShape = { readonly after: boolean; readonly end: boolean; readonly descending: boolean };

/** Pages differ in their ends: a bound that may or may not be there would keep the index from being used. */
function pageQuestion(s: string, { after, end, descending }: PageShape): Question {
  const name = `page_${after ? "after" : "from"}${end ? "_to" : ""}${descending ? "_back" : ""}`;
  const text = `
    SELECT ${ROW_COLUMNS} FROM ${s}.state WHERE workspace = $1 AND key ${after ? ">" : ">="} $2
    ${end ? "AND key < $4" : ""} ORDER BY key ${descending ? "DESC" : ""} LIMIT $3`;
  return { name, text };
}

/** The questions of one schema. */
export class Reads {
  readonly #schema: string;
  readonly #head: Question;
  readonly #rows: Question;
  readonly #event: Question;
  readonly #events: Question;
  readonly #counters: Question;
  readonly #workspaces: Question;

  constructor(schema: string) {
    const s = (this.#schema = quoted(schema));
    this.#head = { name: "head", text: `SELECT sequence, hash, min_writer, epoch FROM ${s}.head WHERE workspace = $1` };
    this.#rows = {
      name: "rows",
      text: `SELECT ${ROW_COLUMNS} FROM ${s}.state WHERE workspace = $1 AND key = ANY ($2::text[])`,
    };
    this.#event = {
      name: "event",
      text: `SELECT ${EVENT_COLUMNS} FROM ${s}.event WHERE workspace = $1 AND sequence = $2`,
    };
    this.#events = {
      name: "events",
      text: `SELECT ${EVENT_COLUMNS} FROM ${s}.event WHERE workspace = $1 AND sequence > $2 ORDER BY sequence LIMIT $3`,
    };
    this.#counters = { name: "counters", text: `SELECT name, value FROM ${s}.counter WHERE workspace = $1` };
    this.#workspaces = {
      name: "workspaces",
      text: `SELECT workspace FROM ${s}.head WHERE sequence > 0 ORDER BY workspace`,
    };
  }

  async head(ask: Ask, workspace: string): Promise<KnownHead> {
    return headOf((await ask(this.#head, [workspace]))[0]);
  }

  /** The rows under the keys, in the order of the keys. */
  async rows(ask: Ask, workspace: string, keys: readonly string[]): Promise<(string | null)[]> {
    if (keys.length === 0) return [];
    const found = await ask(this.#rows, [workspace, texts(keys)]);
    const byKey = new Map(found.map((columns) => [textAt(columns, 0), textAt(columns, 1)]));
    return keys.map((key) => byKey.get(key) ?? null);
  }

  async event(ask: Ask, workspace: string, sequence: number): Promise<StoredEvent | null> {
    const [columns] = await ask(this.#event, [workspace, sequence]);
    return columns === undefined ? null : eventOf(columns);
  }

  async events(ask: Ask, workspace: string, afterSequence: number, limit: number): Promise<StoredEvent[]> {
    return (await ask(this.#events, [workspace, afterSequence, limit])).map(eventOf);
  }

  async page(ask: Ask, workspace: string, { prefix, after, limit }: Page): Promise<StoredRow[]> {
    const within = after !== undefined && compareKeys(after, prefix) >= 0;
    return await this.#paged(ask, workspace, prefix, { limit, start: within ? after : prefix, after: within });
  }

  /** The last rows under a prefix, the last key first. */
  async lastRows(ask: Ask, workspace: string, prefix: string, limit: number): Promise<StoredRow[]> {
    return await this.#paged(ask, workspace, prefix, { limit, start: prefix, after: false, descending: true });
  }

  async counters(ask: Ask, workspace: string): Promise<Map<string, number>> {
    const found = await ask(this.#counters, [workspace]);
    return new Map(found.map((columns) => [textAt(columns, 0), integerAt(columns, 1)]));
  }

  async workspaces(ask: Ask): Promise<string[]> {
    return (await ask(this.#workspaces, [])).map((columns) => textAt(columns, 0));
  }

  async #paged(
    ask: Ask,
    workspace: string,
    prefix: string,
    { limit, start, after, descending = false }: { limit: number; start: string; after: boolean; descending?: boolean },
  ): Promise<StoredRow[]> {
    const end = prefixEnd(prefix);
    const question = pageQuestion(this.#schema, { after, end: end !== null, descending });
    return (await ask(question, [workspace, start, limit, ...(end === null ? [] : [end])])).map(rowOf);
  }
}
