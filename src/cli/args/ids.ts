// Ids that the kernel itself gave out: decisions are d-<sequence>, reservations r-<sequence>; and the names of scopes.

import { parseScope } from "../../core/index.ts";
import { UsageError } from "./usage.ts";
import { quoted } from "./words.ts";

/** The sequence of decision `d-17`; the bare number will do. */
export function decisionSequence(id: string, command: string): number {
  const digits = /^(?:d-)?0*(\d{1,12})$/.exec(id)?.[1];
  if (digits === undefined)
    throw new UsageError(
      `${quoted(id)} is no decision: write d-17, as refusals and exec-kernel events show it`,
      command,
    );
  return Number(digits);
}

/** The reservation's id as the kernel writes it. */
export function reservationId(id: string, command: string): string {
  const digits = /^r-0*(\d{1,12})$/.exec(id)?.[1];
  if (digits === undefined)
    throw new UsageError(
      `${quoted(id)} is no reservation: write r-17, as exec-kernel step reserve printed it`,
      command,
    );
  return `r-${digits}`;
}

/** The scope as it was written; throws UsageError where it is none. */
export function scopeNamed(text: string, command: string): string {
  if (parseScope(text) === null)
    throw new UsageError(`${quoted(text)} is no scope: write task/T-1, lineage/T-1, agent/a-2 or workspace`, command);
  return text;
}
