// Is the file whole, below the log and its rows? Its structure as SQLite sees it, rows that belong to no workspace, and
// the index of words against the rows it was made from. What the events and rows say is the kernel's to check.

import { prefixEnd } from "../key-order.ts";
import { SEARCHABLE_PREFIXES } from "../searchable.ts";
import { wordsOfRow } from "../words.ts";
import type { Connection } from "./connection.ts";
import { POSITION_SPAN } from "./positions.ts";

/** What is told of one kind of damage: the first few say as much as all. */
const TOLD_MAX = 20;
const PAGE = 1_000;

const ORPHANED_EVENTS = `
  SELECT count(*) FROM event WHERE position / ${POSITION_SPAN} NOT IN (SELECT number FROM workspace)`;
const ORPHANED_ROWS = "SELECT count(*) FROM state WHERE workspace NOT IN (SELECT number FROM workspace)";
const ORPHANED_COUNTERS = "SELECT count(*) FROM counter WHERE workspace NOT IN (SELECT number FROM workspace)";
const ORPHANED_CHECKPOINTS = "SELECT count(*) FROM checkpoint WHERE workspace NOT IN (SELECT number FROM workspace)";
const FALLEN_WRITERS = `
  SELECT later.position FROM event AS earlier JOIN event AS later ON later.position = earlier.position + 1
  WHERE later.min_writer < earlier.min_writer LIMIT ${TOLD_MAX}`;
const INDEXED = `
  SELECT state.workspace * ${POSITION_SPAN} + state.number, state.key, state.bytes, search.key, search.words,
    search_docsize.sz >= x'01'
  FROM state LEFT JOIN search ON search.rowid = state.workspace * ${POSITION_SPAN} + state.number
  LEFT JOIN search_docsize ON search_docsize.id = state.workspace * ${POSITION_SPAN} + state.number
  WHERE state.key >= ? AND state.key < ? AND state.number > ? ORDER BY state.number LIMIT ${PAGE}`;

function structureFaults(connection: Connection): readonly string[] {
  const told = connection.all(`PRAGMA integrity_check(${TOLD_MAX})`).map((columns) => connection.text(columns, 0));
  return told.length === 1 && told[0] === "ok" ? [] : told.map((line) => `the file: ${line.replaceAll("\n", " ")}`);
}

function orphanFaults(connection: Connection): readonly string[] {
  const count = (sql: string): number => connection.integer(connection.first(sql) ?? {}, 0);
  return [
    [count(ORPHANED_EVENTS), "events"] as const,
    [count(ORPHANED_ROWS), "rows"] as const,
    [count(ORPHANED_COUNTERS), "counters"] as const,
    [count(ORPHANED_CHECKPOINTS), "checkpoints"] as const,
  ].flatMap(([found, what]) => (found === 0 ? [] : [`${found} ${what} belong to a workspace that is not there`]));
}

/** The oldest writer that may append never goes back; of two events the later one tells. */
function writerFaults(connection: Connection): readonly string[] {
  return connection.all(FALLEN_WRITERS).map((columns) => {
    const sequence = connection.integer(columns, 0) % POSITION_SPAN;
    return `event ${sequence} lets an older writer append than the event before it`;
  });
}

/** Rows whose words in the index are not those of the row: searches would miss them, or find what is not there. */
function indexFaults(connection: Connection): readonly string[] {
  const faults: string[] = [];
  for (const prefix of SEARCHABLE_PREFIXES) {
    for (let after = -1; ;) {
      const page = connection.all(INDEXED, prefix, prefixEnd(prefix), after);
      for (const columns of page) {
        const key = connection.text(columns, 1);
        // Sizes bear on the order of what is found; SQLite does not check that of the key, which has no words.
        if (columns[5] !== 0 || columns[3] !== key || columns[4] !== wordsOfRow(connection.text(columns, 2)).join(" "))
          faults.push(`the index of words: row ${key} is not in it as it is`);
      }
      if (page.length < PAGE) break;
      after = connection.integer(page.at(-1) ?? {}, 0) % POSITION_SPAN;
    }
  }
  return faults.slice(0, TOLD_MAX);
}

function tablesOf(connection: Connection): ReadonlyMap<string, string> {
  const found = connection.all("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema");
  return new Map(found.map((columns) => [connection.text(columns, 0), connection.text(columns, 1)]));
}

/** Tables and indexes that are not as this version makes them. */
function schemaFaults(connection: Connection, made: Connection): readonly string[] {
  const [found, wanted] = [tablesOf(connection), tablesOf(made)];
  const names = new Set([...found.keys(), ...wanted.keys()]);
  return [...names].flatMap((name) => (found.get(name) === wanted.get(name) ? [] : [`${name} is not as it was made`]));
}

/**
 * What is wrong, in words; empty when nothing is. Reads the whole file; `made` is a new one to compare with.
 * @throws StoreFault where it cannot be read.
 */
export function checkFile(connection: Connection, made: Connection): readonly string[] {
  const structure = [...structureFaults(connection), ...schemaFaults(connection, made)];
  // In a file that is damaged inside, what else is found says nothing more.
  return structure.length > 0
    ? structure
    : [...orphanFaults(connection), ...writerFaults(connection), ...indexFaults(connection)];
}
