// One bit of a store, flipped: in the bytes of a column, by SQL, or anywhere in the file. What finds it, and whether what
// the store tells is still the same.

import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { LESSON_PREFIX } from "../../src/core/index.ts";
import { openSqliteStore, StoreFault } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { bench } from "./kernels.ts";
import type { Random } from "./random.ts";

/** Who found it: the opening or a read (a fault, exit 3), verify or the store's own check (exit 1), nobody. */
export type Finder = "fault" | "verify" | "check" | "nobody";

export type Outcome = {
  readonly finder: Finder;
  readonly says: string;
  /** What the store tells is as before: head, log, rows, searches. Null where a fault leaves nothing to compare. */
  readonly same: boolean | null;
};

/** The damaged copy, and what was flipped in it. */
export type Flip = { readonly path: string; readonly what: string };

const WORDS = ["lesson", "work", "crash", "shell"];

async function told(store: Store): Promise<string> {
  const said = await store.read("w", async (view) => ({
    head: await view.head(),
    events: await view.events(0, 1_000_000),
    rows: await view.rows({ prefix: "", limit: 1_000_000 }),
    found: await Promise.all(["", ...WORDS].map((word) => view.search(LESSON_PREFIX, word, 100))),
  }));
  return JSON.stringify(said);
}

/** What is to be told, of a whole store. */
export async function wholeStory(path: string): Promise<string> {
  const store = await openSqliteStore({ path, ballastBytes: 0 });
  const story = await told(store);
  await store.close();
  return story;
}

async function lookAt(store: Store, whole: string): Promise<Outcome> {
  const { human } = await bench({ store, init: false });
  // Whether this program may write here is asked before every command.
  await human.submit({ type: "halt_scope", body: { scope: "workspace", reason: "to see" }, dryRun: true });
  const fromStart = await human.verify();
  const report = fromStart.ok ? await human.verify({ fromCheckpoint: true }) : fromStart;
  const [first] = report.findings;
  const below = await store.check();
  const same = (await told(store)) === whole;
  if (first !== undefined) return { finder: "verify", says: `${first.at}: ${first.problem}`, same };
  if (report.events === 0) return { finder: "fault", says: "the workspace is not there", same: null };
  return below[0] === undefined ? { finder: "nobody", says: "", same } : { finder: "check", says: below[0], same };
}

/** Opens the copy and looks at it in every way there is; an error that is no fault of the store is passed on. */
export async function outcomeOf(path: string, whole: string): Promise<Outcome> {
  let store: Store | null = null;
  try {
    store = await openSqliteStore({ path, ballastBytes: 0 });
    return await lookAt(store, whole);
  } catch (error) {
    const isFault = error instanceof StoreFault || (error instanceof Error && error.name === "KernelFault");
    if (!isFault) throw error;
    return { finder: "fault", says: error.message, same: null };
  } finally {
    await store?.close().catch(() => undefined);
    for (const end of ["-wal", "-shm"]) rmSync(path + end, { force: true });
  }
}

function flipBit(bytes: Uint8Array, bit: number): void {
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
}

/** Flips one bit anywhere in a copy of the file. */
export function flipInFile(from: string, path: string, dice: Random): Flip & { readonly offset: number } {
  const bytes = readFileSync(from);
  const bit = dice.below(bytes.length * 8);
  flipBit(bytes, bit);
  writeFileSync(path, bytes);
  return { path, what: `bit ${bit & 7} of byte ${bit >> 3}`, offset: bit >> 3 };
}

function flippedText(text: Uint8Array, dice: Random): Uint8Array {
  const bytes = Uint8Array.from(text);
  // Not the sign bit: texts stay texts, which is harder to find.
  flipBit(bytes, dice.below(bytes.length) * 8 + dice.below(7));
  return bytes;
}

/** How a row of a table without a number of its own is named. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ["counter", "workspace || '/' || name"],
  ["checkpoint", "workspace || '/' || sequence"],
  ["search_idx", "segid || '/' || hex(term)"],
  ["search_config", "k"],
]);

/** Flips one bit in one column of a row drawn from the table; null where no row has anything there. */
export function flipInColumn(
  from: string,
  path: string,
  { table, column, type }: { readonly table: string; readonly column: string; readonly type: string },
  dice: Random,
): Flip | null {
  copyFileSync(from, path);
  const database = new DatabaseSync(path);
  try {
    // The index of words is kept in tables that SQLite guards against hands; a disk has no such manners.
    database.enableDefensive?.(false);
    database.exec("PRAGMA writable_schema = ON; PRAGMA ignore_check_constraints = ON");
    const key = KEYS.get(table) ?? "rowid";
    const where = `WHERE length(${column}) > 0`;
    const rows = database.prepare(`SELECT ${key} AS id FROM ${table} ${where} ORDER BY 1`).all();
    if (rows.length === 0) return null;
    const id = dice.pick(rows)["id"] ?? null;
    const cell = database.prepare(
      `SELECT CAST(${column} AS BLOB) AS bytes, ${column} AS value FROM ${table} WHERE ${key} = ?`,
    );
    cell.setReadBigInts(true);
    const found = cell.get(id) ?? {};
    const what = `${table}.${column} of row ${String(id)}`;
    if (type === "INTEGER" && typeof found["value"] === "bigint") {
      const changed = found["value"] ^ (1n << BigInt(dice.below(41)));
      database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`).run(changed, id);
      return { path, what: `${what}: ${String(found["value"])} to ${String(changed)}` };
    }
    if (!(found["bytes"] instanceof Uint8Array)) return null;
    const bytes = flippedText(found["bytes"], dice);
    const as = type === "BLOB" ? "?" : "CAST(? AS TEXT)";
    database.prepare(`UPDATE ${table} SET ${column} = ${as} WHERE ${key} = ?`).run(bytes, id);
    return { path, what };
  } catch (error) {
    if (error instanceof Error && /constraint/i.test(error.message)) return null;
    throw error;
  } finally {
    database.close();
  }
}

/** Every column of every table of the file, those of the index of words too. */
export function columnsOf(
  path: string,
): readonly { readonly table: string; readonly column: string; readonly type: string }[] {
  const database = new DatabaseSync(path);
  try {
    const sql = `
      SELECT t.name AS "table", c.name AS "column", c.type AS type FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
      WHERE t.schema = 'main' AND t.type IN ('table', 'shadow') AND t.name NOT LIKE 'sqlite_%' ORDER BY 1, c.cid`;
    return database
      .prepare(sql)
      .all()
      .map((row) => ({ table: String(row["table"]), column: String(row["column"]), type: String(row["type"]) }));
  } finally {
    database.close();
  }
}
