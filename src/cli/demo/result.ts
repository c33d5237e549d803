// What the demo found out, before anyone prints it.

import type { VerifyReport } from "../../kernel/index.ts";
import type { Measured, Scenario } from "./scenario.ts";

/** One row of the table, measured on both boards. */
export type Outcome = Pick<Scenario, "number" | "name"> & { readonly without: Measured; readonly with: Measured };

/** How long decisions took, in milliseconds, waiting for other processes included. */
export type Durations = { readonly count: number; readonly p50Ms: number; readonly p99Ms: number };

export type DemoResult = {
  readonly seed: number;
  readonly processes: number;
  readonly sqliteVersion: string;
  /** What SQLite says: full, normal, off. */
  readonly synchronous: string;
  readonly rows: readonly Outcome[];
  readonly verify: VerifyReport;
  /** Of one process alone, and of several at once; each of the kernel's decisions counts in one. */
  readonly decision: { readonly alone: Durations; readonly atOnce: Durations };
  readonly durationMs: number;
  /** The store, where it was kept. */
  readonly storePath: string | null;
  /** A decision that refused. */
  readonly refusal: string | null;
};

/** Why a row does not hold; null when it does. */
export function problemOf({ without, with: guarded }: Outcome): string | null {
  return guarded.problem ?? (without.problem === null ? null : `without the kernel: ${without.problem}`);
}

export function rowsHolding(rows: readonly Outcome[]): number {
  return rows.filter((row) => problemOf(row) === null).length;
}

export function allHolds({ rows, verify }: DemoResult): boolean {
  return verify.ok && rowsHolding(rows) === rows.length;
}

export function durationsOf(valuesMs: readonly number[]): Durations {
  return { count: valuesMs.length, p50Ms: percentile(valuesMs, 0.5), p99Ms: percentile(valuesMs, 0.99) };
}

/** The smallest value that at least this share of the values do not pass; 0 where there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
