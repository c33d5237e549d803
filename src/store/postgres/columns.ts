// Columns of a result row, read as what they must be. All come as texts: integers could be longer than a number holds.

import { StoreFault } from "../fault.ts";

/** The columns of one result row, by position. */
export type Columns = readonly unknown[];

function damaged(detail: string): StoreFault {
  return new StoreFault(
    "store.corrupt",
    "postgres",
    `the server gave what no store holds (${detail}): restore a backup`,
  );
}

export function textAt(columns: Columns | undefined, index: number): string {
  const value = columns?.[index];
  if (typeof value !== "string") throw damaged(`column ${index} is no text`);
  return value;
}

export function integerAt(columns: Columns | undefined, index: number): number {
  const value = Number(columns?.[index] ?? NaN);
  if (!Number.isSafeInteger(value)) throw damaged(`column ${index} is no safe integer`);
  return value;
}

export function isTrueAt(columns: Columns | undefined, index: number): boolean {
  return columns?.[index] === true;
}
