// Judges a status-change history. Lines of one moment (one commit, say) are judged together: new tasks first, in the
// order they were made and parents before their children, then the moves in the order of the file.

import { meaningOf, translateMove } from "../formats/index.ts";
import type { Change } from "../formats/index.ts";
import type { Notes } from "./notes.ts";
import { parentsFirst } from "./parents-first.ts";
import { DEFAULT_KIND } from "./sight.ts";
import type { Sight } from "./sight.ts";
import type { Teller } from "./teller.ts";

/** A moment with more lines than this is judged in parts: memory stays small whatever the file says. */
const MOMENT_LINES_MAX = 65_536;

/** Creation times that differ by less are one time, rounded by a tool on its way. */
const SAME_TIME_MS = 1_000;

export class HistoryJudge {
  readonly #file: string;
  readonly #teller: Teller;
  readonly #notes: Notes;
  /** Creation times of ids that were given to other work, as last told. */
  readonly #madeAgain: Map<string, number> = new Map();
  #moment: Change[] = [];

  constructor(file: string, teller: Teller, notes: Notes) {
    this.#file = file;
    this.#teller = teller;
    this.#notes = notes;
  }

  push(change: Change): void {
    const open = this.#moment[0];
    if (open !== undefined && (open.atMs !== change.atMs || this.#moment.length === MOMENT_LINES_MAX)) this.end();
    this.#moment.push(change);
  }

  /** Judges the lines that are still waiting for others of their moment. */
  end(): void {
    const [first, second] = this.#moment;
    if (first !== undefined && second === undefined) this.#judge(first);
    else this.#judgeMoment(this.#moment);
    this.#moment = [];
  }

  #judgeMoment(moment: readonly Change[]): void {
    const isNew = ({ id, from }: Change): boolean => from === null && this.#teller.madeMs(id) === null;
    const made = new Set(moment.filter(isNew));
    for (const change of parentsFirst([...made], ({ id, parents }) => ({ id, parent: parents[0] }), madeMsOf))
      this.#judge(change);
    for (const change of moment) if (!made.has(change)) this.#judge(change);
  }

  #judge(change: Change): void {
    const { from, to, atMs } = change;
    const sight = this.#sightOf(change);
    const move = translateMove(from, to);
    switch (move.kind) {
      case "first":
        if (!move.to.deletion) return this.#teller.first(sight, move.to.state);
        this.#notes.deletedAtFirstSight += 1;
        return this.#teller.sighted(sight, move.to.state, atMs);
      case "move":
        return this.#teller.moved(sight, move.from.state, move.to.state, atMs, {
          from: move.from.word,
          to: move.to.word,
        });
      case "bookkeeping":
        this.#notes.bookkeeping += 1;
        return this.#teller.sighted(sight, move.to.state, atMs);
      case "same":
        return this.#teller.sighted(sight, move.to.state, atMs);
      case "unknown":
        this.#notes.addUnknown(move.word, this.#file, change.line);
        return this.#teller.sighted(sight, meaningOf(to)?.state ?? null, atMs);
    }
  }

  #sightOf(change: Change): Sight {
    const { line, id, title, kind, author, assignee, parents, discoveredFrom, createdAtMs, closedAtMs } = change;
    if (parents.length > 1 || discoveredFrom.length > 1) this.#notes.moreParents += 1;
    return {
      line,
      task: id,
      title,
      kind: kind ?? DEFAULT_KIND,
      author,
      assignee,
      parent: parents[0] ?? null,
      origin: discoveredFrom[0] ?? null,
      madeMs: madeMsOf(change),
      dated: true,
      lifeMs: createdAtMs === null || closedAtMs === null ? null : closedAtMs - createdAtMs,
      otherWork: this.#isOtherWork(change),
    };
  }

  /** An id whose creation time changes was given to other work: trackers that number anew do that by the thousand. */
  #isOtherWork({ id, createdAtMs }: Change): boolean {
    const known = this.#madeAgain.get(id) ?? this.#teller.madeMs(id);
    if (known === null || createdAtMs === null || Math.abs(createdAtMs - known) < SAME_TIME_MS) return false;
    this.#madeAgain.set(id, createdAtMs);
    this.#notes.otherWork += 1;
    return true;
  }
}

/** When the task was made: as told, but not after the line that tells it. */
function madeMsOf({ createdAtMs, atMs }: Change): number {
  return createdAtMs === null ? atMs : Math.min(createdAtMs, atMs);
}
