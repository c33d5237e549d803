// Reads status-change histories: JSON lines, each one change of one task's state, as taken from a tracker's log or from
// the commits of its data file. `from: null` is the first sight of a task, not a move.

import { readName, readNames, readOptionalName, readOptionalTime, readTime, readTitle, type Faults } from "./fields.ts";
import { readObjects, type JsonObject } from "./json-lines.ts";
import type { ReadOptions } from "./lines.ts";
import type { ProblemItem } from "./problem.ts";

/**
 * One change of state. `from` and `to` are the tracker's own words; `from` is null at first sight. `author` made the
 * task, `assignee` works on it; names are as written, null where the line has none. Times in ms since 1970.
 */
export type Change = {
  readonly form: "change";
  readonly line: number;
  readonly id: string;
  readonly from: string | null;
  readonly to: string;
  readonly atMs: number;
  readonly title: string;
  readonly kind: string | null;
  readonly author: string | null;
  readonly assignee: string | null;
  readonly parents: readonly string[];
  readonly discoveredFrom: readonly string[];
  readonly createdAtMs: number | null;
  readonly closedAtMs: number | null;
};

/** Whether an object looks like a status change at all; asked of a file's first records. */
export function looksLikeChange(object: JsonObject): boolean {
  const { id, to, at } = object;
  return typeof id === "string" && typeof to === "string" && at !== undefined;
}

/** One change from one parsed line, or what is wrong with it. */
export function toChange(object: JsonObject, line: number): Change | string {
  const { id, from, to, at, title, type, assignee, createdBy, createdAt, closedAt, parents, discoveredFrom } = object;
  const faults: Faults = [];
  const change: Change = {
    form: "change",
    line,
    id: readName("id", id, faults),
    from: readOptionalName("from", from, faults),
    to: readName("to", to, faults),
    atMs: readTime("at", at, faults),
    title: readTitle("title", title, faults),
    kind: readOptionalName("type", type, faults),
    author: readOptionalName("createdBy", createdBy, faults),
    assignee: readOptionalName("assignee", assignee, faults),
    parents: readNames("parents", parents, faults),
    discoveredFrom: readNames("discoveredFrom", discoveredFrom, faults),
    createdAtMs: readOptionalTime("createdAt", createdAt, faults),
    closedAtMs: readOptionalTime("closedAt", closedAt, faults),
  };
  return faults.length === 0 ? change : faults.join("; ");
}

/** Streams the changes of a file, plain or gzip, in file order, with a problem in place of each bad line. Never throws. */
export function readHistory(path: string, options: ReadOptions = {}): AsyncGenerator<Change | ProblemItem> {
  return readObjects(path, toChange, options);
}
