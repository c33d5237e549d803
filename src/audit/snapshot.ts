// Judges a beads snapshot: issues as they stand now. It tells no moves, so no lifecycle is judged from it; it does tell
// who made what, when, below what, and when it ended. Those are told to the rules in the order they happened.

import { meaningOf } from "../formats/index.ts";
import type { Snapshot, WordMeaning } from "../formats/index.ts";
import type { Notes } from "./notes.ts";
import { parentsFirst } from "./parents-first.ts";
import { DEFAULT_KIND } from "./sight.ts";
import type { Sight } from "./sight.ts";
import type { Teller } from "./teller.ts";

type Ending = { readonly state: string; readonly atMs: number };

/** What is kept of an issue until all are read: no body, no dependencies. */
type Kept = { readonly sight: Sight; readonly ending: Ending | null };

type Happening = { readonly atMs: number; readonly made: boolean; readonly record: Kept };

export class SnapshotJudge {
  readonly #file: string;
  readonly #teller: Teller;
  readonly #notes: Notes;
  readonly #records: Map<string, Kept> = new Map();

  constructor(file: string, teller: Teller, notes: Notes) {
    this.#file = file;
    this.#teller = teller;
    this.#notes = notes;
  }

  /** Takes one issue; the first of an id counts. */
  push(snapshot: Snapshot): void {
    const { id, line, status, parents, discoveredFrom } = snapshot;
    this.#notes.snapshots += 1;
    if (this.#records.has(id)) {
      this.#notes.repeatedIds += 1;
      return;
    }
    if (parents.length > 1 || discoveredFrom.length > 1) this.#notes.moreParents += 1;
    const meaning = meaningOf(status);
    if (meaning === null) this.#notes.addUnknown(status, this.#file, line);
    const sight = sightOf(snapshot);
    if (!sight.dated) this.#notes.undated += 1;
    this.#records.set(id, { sight, ending: endingOf(snapshot, meaning, sight.madeMs) });
  }

  /** Judges all of them, in the order they were made and ended. */
  end(): void {
    for (const { made, record, atMs } of happenings([...this.#records.values()])) {
      const { sight, ending } = record;
      if (made) this.#teller.sighted(sight, null, atMs);
      else if (ending !== null) this.#teller.sighted(sight, ending.state, atMs);
    }
    this.#records.clear();
  }
}

function sightOf(snapshot: Snapshot): Sight {
  const { line, id, title, kind, author, assignee, parents, discoveredFrom, createdAtMs, closedAtMs } = snapshot;
  return {
    line,
    task: id,
    title,
    kind: kind ?? DEFAULT_KIND,
    author,
    assignee,
    parent: parents[0] ?? null,
    origin: discoveredFrom[0] ?? null,
    madeMs: createdAtMs ?? snapshot.updatedAtMs ?? closedAtMs ?? snapshot.deletedAtMs ?? 0,
    dated: createdAtMs !== null,
    lifeMs: createdAtMs === null || closedAtMs === null ? null : closedAtMs - createdAtMs,
    otherWork: false,
  };
}

function endingOf(snapshot: Snapshot, meaning: WordMeaning | null, madeMs: number): Ending | null {
  if (meaning === null || !meaning.terminal) return null;
  const { deletedAtMs, closedAtMs, updatedAtMs } = snapshot;
  const told = meaning.deletion ? (deletedAtMs ?? updatedAtMs) : (closedAtMs ?? updatedAtMs);
  return { state: meaning.state, atMs: Math.max(told ?? madeMs, madeMs) };
}

/** Everything that happened, in order; of one moment first what was made, then what ended. */
function happenings(records: readonly Kept[]): readonly Happening[] {
  const nameOf = ({ sight }: Kept): { id: string; parent: string | undefined } => ({
    id: sight.task,
    parent: sight.parent ?? undefined,
  });
  const out: Happening[] = [];
  for (const record of parentsFirst(records, nameOf, ({ sight }) => sight.madeMs))
    out.push({ atMs: record.sight.madeMs, made: true, record });
  for (const record of records) if (record.ending !== null) out.push({ atMs: record.ending.atMs, made: false, record });
  // Stable: what was made stands before what ended.
  return out.toSorted((a, b) => a.atMs - b.atMs);
}
