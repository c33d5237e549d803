// The command line that lets a refused decision through, ready to be copied.

import type { RecordedDecision } from "../../core/index.ts";

const QUARTER = 4;
const MICROS_PLACES = 6;
const SECOND_MS = 1_000;

/** Micro-dollars as --cost and --add read them: `3.75`. */
function dollarsText(micros: number): string {
  const digits = String(micros).padStart(MICROS_PLACES + 1, "0");
  const decimals = digits.slice(-MICROS_PLACES).replace(/0+$/, "");
  return `${digits.slice(0, -MICROS_PLACES)}${decimals === "" ? "" : `.${decimals}`}`;
}

/** An amount as --add reads it. */
function addText(dimension: string, amount: number): string {
  if (dimension === "costMicros") return `cost=${dollarsText(amount)}`;
  if (dimension === "durationMs") return `time=${Math.ceil(amount / SECOND_MS)}s`;
  return `${dimension}=${amount}`;
}

/** The line that approves decision d-<sequence>; a full budget by a quarter of its limit, as the kernel would. */
export function approvalLine(sequence: number, { code, numbers }: RecordedDecision): string {
  const { dimension, limit } = numbers;
  const isBudget = code === "budget.hard_limit" && typeof dimension === "string" && typeof limit === "number";
  const add = isBudget ? ` --add ${addText(dimension, Math.max(1, Math.ceil(limit / QUARTER)))} --for 2h` : "";
  return `exec-kernel approve d-${sequence}${add} --reason "..."`;
}
