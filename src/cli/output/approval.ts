// The command line that lets a refused decision through, ready to be copied.

import { usualAdd } from "../../core/index.ts";
import type { RecordedDecision, Refusal } from "../../core/index.ts";

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

/** The line that approves the decision of this name; a full budget as the kernel would raise it unasked. */
function lineFor(id: string, { code, numbers }: Pick<RecordedDecision, "code" | "numbers">): string {
  const { dimension } = numbers;
  const isBudget = code === "budget.hard_limit" && typeof dimension === "string";
  const add = isBudget ? ` --add ${addText(dimension, usualAdd(numbers))} --for 2h` : "";
  return `exec-kernel approve ${id}${add} --reason "..."`;
}

/** The line that approves decision d-<sequence>. */
export function approvalLine(sequence: number, decision: RecordedDecision): string {
  return lineFor(`d-${sequence}`, decision);
}

/** The approval that an approved request needs next, once it was refused for this: its decision has no number yet. */
export function nextApproval(refusal: Refusal): string {
  return `once it is refused for that: ${lineFor("d-N", refusal)}`;
}
