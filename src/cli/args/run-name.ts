// The run that a command is about: its argument, else the one that the environment says this process belongs to.

import type { Call } from "./spec.ts";
import { UsageError } from "./usage.ts";

/** The run's name; throws UsageError where nothing names one. */
export function runNamed({ args, io, command }: Call): string {
  const name = args[0] ?? io.env["EXEC_KERNEL_RUN"] ?? "";
  if (name === "") throw new UsageError("RUN is missing: name it, or set EXEC_KERNEL_RUN", command);
  return name;
}
