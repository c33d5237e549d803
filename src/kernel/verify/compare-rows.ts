// Stored rows against the fold of the log, byte for byte: changed ones, invented ones, missing ones.

import { sortedKeys } from "../../core/index.ts";
import type { Row } from "../../core/index.ts";
import type { StoredRow } from "../../store/index.ts";
import { encodeRow } from "../codec.ts";
import type { Findings } from "./report.ts";
import { isSpent } from "./spent.ts";

function problemOf(row: Row | undefined, bytes: string): string | null {
  if (row === undefined) return "no event explains it";
  return encodeRow(row) === bytes ? null : "differs from the fold of the log";
}

/** `explained`: stored rows that the fold has too, spent ones apart. */
type Counted = { stored: number; explained: number };

async function compareEach(
  stored: AsyncIterable<readonly StoredRow[]>,
  folded: ReadonlyMap<string, Row>,
  at: number,
  wrong: Map<string, string>,
): Promise<Counted> {
  const counted = { stored: 0, explained: 0 };
  for await (const page of stored)
    for (const { key, bytes } of page) {
      const row = folded.get(key);
      counted.stored += 1;
      if (row !== undefined && !isSpent(row, at)) counted.explained += 1;
      const problem = problemOf(row, bytes);
      if (problem !== null) wrong.set(key, problem);
    }
  return counted;
}

async function missing(
  stored: AsyncIterable<readonly StoredRow[]>,
  folded: ReadonlyMap<string, Row>,
  at: number,
  wrong: Map<string, string>,
): Promise<void> {
  const seen = new Set<string>();
  for await (const page of stored) for (const { key } of page) seen.add(key);
  for (const [key, row] of folded) if (!seen.has(key) && !isSpent(row, at)) wrong.set(key, "is missing from the store");
}

/** Compares every stored row with the folded ones, as they stand at time `at`; returns how many are stored. */
export async function compareRows(
  pages: () => AsyncIterable<readonly StoredRow[]>,
  folded: ReadonlyMap<string, Row>,
  at: number,
  findings: Findings,
): Promise<number> {
  const wrong = new Map<string, string>();
  const { stored, explained } = await compareEach(pages(), folded, at, wrong);
  let expected = 0;
  for (const row of folded.values()) if (!isSpent(row, at)) expected += 1;
  // Which ones are missing is looked up only where some are: a set of all keys costs more than the rest.
  if (explained < expected) await missing(pages(), folded, at, wrong);
  for (const key of sortedKeys(wrong.keys())) findings.row(key, wrong.get(key) ?? "");
  return stored;
}
