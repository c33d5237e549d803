// The reason table: every code a decision can carry, with its HTTP status, CLI exit status, whether a retry can help,
// who may override, and its words. Codes are append-only. docs/reasons.md is generated from it.

import { BUDGET } from "./budget.ts";
import { INTAKE } from "./command.ts";
import { GRANTS } from "./granted.ts";
import { HUMAN } from "./human.ts";
import { LEASES } from "./lease.ts";
import { LIFECYCLE } from "./lifecycle.ts";
import { LINEAGE } from "./lineage.ts";
import { MOVING } from "./moving.ts";
import type { Reason } from "./row.ts";
import { SPENDING } from "./spending.ts";
import { STEPS } from "./step.ts";
import { TASKS } from "./task.ts";

export type { Numbers, Reason, Retry } from "./row.ts";

export const REASONS = {
  ...GRANTS,
  ...INTAKE,
  ...HUMAN,
  ...TASKS,
  ...LEASES,
  ...LIFECYCLE,
  ...LINEAGE,
  ...MOVING,
  ...BUDGET,
  ...SPENDING,
  ...STEPS,
} as const;

export type ReasonCode = keyof typeof REASONS;

/** The row of a code. */
export function reason(code: ReasonCode): Reason {
  return REASONS[code];
}

/** True for a string that is a code of the table. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASONS, code);
}
