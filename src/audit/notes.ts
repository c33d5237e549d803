// What was seen and not judged, so that a report can say so: counts, and for words that have no meaning the first place.

import type { Problem } from "../formats/index.ts";
import type { Words } from "./sight.ts";

/** How many bad lines are kept to be named; all are counted. */
const BAD_LINES_MAX = 1_000;

/** A file full of nonsense must not fill the memory: later words only count as lines. */
const UNKNOWN_WORDS_MAX = 1_000;

export type UnknownWord = { count: number; readonly file: string; readonly line: number };

export class Notes {
  readonly badLines: { count: number; readonly first: Problem[] } = { count: 0, first: [] };
  /** Lines whose words have no meaning in the table, and the words. */
  unknownLines = 0;
  readonly unknownWords: Map<string, UnknownWord> = new Map();
  /** Moves that the table leaves to a release or a human; no file says whose hand it was. */
  otherHands = 0;
  readonly otherHandMoves: Map<string, number> = new Map();
  /** Moves into and out of a deletion that are the tracker's own bookkeeping, and tasks deleted when first seen. */
  bookkeeping = 0;
  deletedAtFirstSight = 0;
  /** Issues of snapshots: no moves, so no lifecycle. */
  snapshots = 0;
  /** Tasks whose author is not named: judged as one author. */
  unnamed = 0;
  /** Lines that name more than one parent or origin: the first is judged. */
  moreParents = 0;
  parentsAbsent = 0;
  undated = 0;
  /** Lines of a snapshot whose id stood on an earlier line. */
  repeatedIds = 0;
  /** Lines with another creation time than the lines before them under the same id. */
  otherWork = 0;
  /** Ids that stand in more than one file; each file's task is counted. */
  idsInMoreFiles = 0;

  addBadLine(problem: Problem): void {
    this.badLines.count += 1;
    if (this.badLines.first.length < BAD_LINES_MAX) this.badLines.first.push(problem);
  }

  addUnknown(word: string, file: string, line: number): void {
    const known = this.unknownWords.get(word);
    if (known !== undefined) known.count += 1;
    else if (this.unknownWords.size < UNKNOWN_WORDS_MAX) this.unknownWords.set(word, { count: 1, file, line });
  }

  addOtherHand(words: Words | null): void {
    this.otherHands += 1;
    const move = words === null ? "" : `${words.from} -> ${words.to}`;
    this.otherHandMoves.set(move, (this.otherHandMoves.get(move) ?? 0) + 1);
  }
}
