// Reads beads snapshots (`.beads/issues.jsonl`): JSON lines, each one issue as it stands now. A snapshot tells no
// moves, so nothing can be said from it about skipped states; it does tell titles, authors, parents and endings.

import { readName, readOptionalName, readOptionalTime, readTitle, type Faults } from "./fields.ts";
import { isJsonObject, readObjects, type JsonObject } from "./json-lines.ts";
import type { ReadOptions } from "./lines.ts";
import type { ProblemItem } from "./problem.ts";

/**
 * One issue as it stands. `status` is beads' own word; `kind` is the kind of work, for a deleted issue the kind it had
 * before; `author` made it, `assignee` works on it, null where the line has none. Times in ms since 1970.
 */
export type Snapshot = {
  readonly form: "snapshot";
  readonly line: number;
  readonly id: string;
  readonly status: string;
  readonly title: string;
  readonly kind: string | null;
  readonly author: string | null;
  readonly assignee: string | null;
  readonly parents: readonly string[];
  readonly discoveredFrom: readonly string[];
  readonly createdAtMs: number | null;
  readonly updatedAtMs: number | null;
  readonly closedAtMs: number | null;
  readonly deletedAtMs: number | null;
};

/** The two kinds of dependency that are lineage; the rest (blocks, tracks, related, ...) order work or only mention it. */
const PARENT = "parent-child";
const DISCOVERED = "discovered-from";

type Lineage = { readonly parents: readonly string[]; readonly discoveredFrom: readonly string[] };

const NO_LINEAGE: Lineage = { parents: [], discoveredFrom: [] };

/** Whether an object looks like a beads issue at all; asked of a file's first records. */
export function looksLikeIssue(object: JsonObject): boolean {
  const { id, status, issue_type, created_at, title } = object;
  if (typeof id !== "string" || typeof status !== "string") return false;
  return [issue_type, created_at, title].some((member) => typeof member === "string");
}

function readLineage(value: unknown, faults: Faults): Lineage {
  if (value === undefined || value === null) return NO_LINEAGE;
  if (!Array.isArray(value)) {
    faults.push("dependencies is not a list");
    return NO_LINEAGE;
  }
  const items: readonly unknown[] = value;
  const parents: string[] = [];
  const discoveredFrom: string[] = [];
  for (const [index, item] of items.entries()) {
    const { type, depends_on_id } = isJsonObject(item) ? item : {};
    const into = readName(`dependencies[${index}].type`, type, faults);
    if (into !== PARENT && into !== DISCOVERED) continue;
    const id = readName(`dependencies[${index}].depends_on_id`, depends_on_id, faults);
    (into === PARENT ? parents : discoveredFrom).push(id);
  }
  return { parents, discoveredFrom };
}

/** One issue from one parsed line, or what is wrong with it. */
export function toSnapshot(object: JsonObject, line: number): Snapshot | string {
  const {
    id,
    status,
    title,
    issue_type,
    original_type,
    assignee,
    created_by,
    created_at,
    updated_at,
    closed_at,
    deleted_at,
    dependencies,
  } = object;
  const faults: Faults = [];
  const kind = readOptionalName("issue_type", issue_type, faults);
  const snapshot: Snapshot = {
    form: "snapshot",
    line,
    id: readName("id", id, faults),
    status: readName("status", status, faults),
    title: readTitle("title", title, faults),
    kind: readOptionalName("original_type", original_type, faults) ?? kind,
    author: readOptionalName("created_by", created_by, faults),
    assignee: readOptionalName("assignee", assignee, faults),
    ...readLineage(dependencies, faults),
    createdAtMs: readOptionalTime("created_at", created_at, faults),
    updatedAtMs: readOptionalTime("updated_at", updated_at, faults),
    closedAtMs: readOptionalTime("closed_at", closed_at, faults),
    deletedAtMs: readOptionalTime("deleted_at", deleted_at, faults),
  };
  return faults.length === 0 ? snapshot : faults.join("; ");
}

/** Streams the issues of a file, plain or gzip, in file order, with a problem in place of each bad line. Never throws. */
export function readSnapshots(path: string, options: ReadOptions = {}): AsyncGenerator<Snapshot | ProblemItem> {
  return readObjects(path, toSnapshot, options);
}
