// Flags that a command cannot do without.

import type { Call } from "./spec.ts";
import { UsageError } from "./usage.ts";

/** The reason of an act that nobody does without one; `what` ends the sentence "say why ...". */
export function requiredReason({ flags, command }: Call, what: string): string {
  const reason = flags.text("reason");
  if (reason === undefined || reason.trim() === "")
    throw new UsageError(`--reason is missing: say why ${what}, --reason "..."`, command);
  return reason;
}
