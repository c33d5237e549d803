// Stored rows against the fold of the log, byte for byte: changed ones, invented ones, missing ones.

import { sortedKeys } from "../../core/index.ts";
import type { Row } from "../../core/index.ts";
import type { StoredRow } from "../../store/index.ts";
import { encodeRow } from "../codec.ts";
import { KernelFault } from "../fault.ts";
import type { Findings } from "./report.ts";
import { isSpent, wasSpent } from "./spent.ts";

/** The fold at time `at`; it began with rows as they stood at `begunAt`, without those that were spent by then. */
export type Fold = { readonly rows: ReadonlyMap<string, Row>; readonly begunAt: number; readonly at: number };

function problemOf(row: Row | undefined, stored: StoredRow, begunAt: number): string | null {
  if (row !== undefined) return encodeRow(row) === stored.bytes ? null : "differs from the fold of the log";
  try {
    return begunAt > 0 && wasSpent(stored, begunAt) ? null : "no event explains it";
  } catch (error) {
    if (error instanceof KernelFault) return "is not readable";
    throw error;
  }
}

/** `explained`: stored rows that the fold has too, spent ones apart. */
type Counted = { stored: number; explained: number };

async function compareEach(
  stored: AsyncIterable<readonly StoredRow[]>,
  { rows: folded, begunAt, at }: Fold,
  wrong: Map<string, string>,
): Promise<Counted> {
  const counted = { stored: 0, explained: 0 };
  for await (const page of stored)
    for (const one of page) {
      const { key } = one;
      const row = folded.get(key);
      counted.stored += 1;
      if (row !== undefined && !isSpent(row, at)) counted.explained += 1;
      const problem = problemOf(row, one, begunAt);
      if (problem !== null) wrong.set(key, problem);
    }
  return counted;
}

async function missing(
  stored: AsyncIterable<readonly StoredRow[]>,
  { rows: folded, at }: Fold,
  wrong: Map<string, string>,
): Promise<void> {
  const seen = new Set<string>();
  for await (const page of stored) for (const { key } of page) seen.add(key);
  for (const [key, row] of folded) if (!seen.has(key) && !isSpent(row, at)) wrong.set(key, "is missing from the store");
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
  for (const row of fold.rows.values()) if (!isSpent(row, fold.at)) expected += 1;
  // Which ones are missing is looked up only where some are: a set of all keys costs more than the rest.
  if (explained < expected) await missing(pages(), fold, wrong);
  for (const key of sortedKeys(wrong.keys())) findings.row(key, wrong.get(key) ?? "");
  return stored;
}
