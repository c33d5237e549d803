// Stored rows against the fold of the log, byte for byte: changed ones, invented ones, missing ones.

import { sortedKeys } from "../../core/index.ts";
import type { Row } from "../../core/index.ts";
import type { StoredRow } from "../../store/index.ts";
import { decodeRow, encodeRow } from "../codec.ts";
import { KernelFault } from "../fault.ts";
import type { Findings } from "./report.ts";

/** `isSpent`: a store may keep such a row or have swept it away; a checkpoint that the fold began with has none. */
export type Fold = {
  readonly rows: ReadonlyMap<string, Row>;
  readonly isSpent: (row: Row) => boolean;
  readonly isFromCheckpoint: boolean;
};

function problemOf(
  { key, bytes }: StoredRow,
  row: Row | undefined,
  { isSpent, isFromCheckpoint }: Fold,
): string | null {
  if (row !== undefined) return encodeRow(row) === bytes ? null : "differs from the fold of the log";
  try {
    return isFromCheckpoint && isSpent(decodeRow(bytes, key)) ? null : "no event explains it";
  } catch (error) {
    if (error instanceof KernelFault) return "is not readable";
    throw error;
  }
}

/** `explained`: stored rows that the fold has too, spent ones apart. */
type Counted = { stored: number; explained: number };

async function compareEach(
  stored: AsyncIterable<readonly StoredRow[]>,
  fold: Fold,
  wrong: Map<string, string>,
): Promise<Counted> {
  const counted = { stored: 0, explained: 0 };
  for await (const page of stored)
    for (const one of page) {
      const row = fold.rows.get(one.key);
      counted.stored += 1;
      if (row !== undefined && !fold.isSpent(row)) counted.explained += 1;
      const problem = problemOf(one, row, fold);
      if (problem !== null) wrong.set(one.key, problem);
    }
  return counted;
}

async function missing(
  stored: AsyncIterable<readonly StoredRow[]>,
  { rows, isSpent }: Fold,
  wrong: Map<string, string>,
): Promise<void> {
  const seen = new Set<string>();
  for await (const page of stored) for (const { key } of page) seen.add(key);
  for (const [key, row] of rows) if (!seen.has(key) && !isSpent(row)) wrong.set(key, "is missing from the store");
}

/** Compares every stored row with the folded ones; returns how many are stored. */
export async function compareRows(
  pages: () => AsyncIterable<readonly StoredRow[]>,
  fold: Fold,
  findings: Findings,
): Promise<number> {
  const wrong = new Map<string, string>();
  const { stored, explained } = await compareEach(pages(), fold, wrong);
  let expected = 0;
  for (const row of fold.rows.values()) if (!fold.isSpent(row)) expected += 1;
  // Which ones are missing is looked up only where some are: a set of all keys costs more than the rest.
  if (explained < expected) await missing(pages(), fold, wrong);
  for (const key of sortedKeys(wrong.keys())) findings.row(key, wrong.get(key) ?? "");
  return stored;
}
