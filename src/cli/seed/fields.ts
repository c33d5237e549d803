// Texts and numbers that the four commands take. An id is printed as it was given, so one that could forge a line of
// output is refused.

import { textProblem } from "../../standalone/index.ts";
import type { Flags } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { whole } from "../args/values.ts";

/** The text of an argument or flag as an id; throws UsageError. */
export function idOf(command: string, name: string, text: string): string {
  const problem = textProblem(text);
  if (problem !== null) throw new UsageError(`${name} ${problem}`, command);
  return text;
}

/** The id that a flag gives; an empty one, as scripts pass for an unset variable, counts as none. */
export function optionalId(command: string, flag: string, flags: Flags): string | null {
  const text = flags.text(flag);
  return text === undefined || text === "" ? null : idOf(command, `--${flag}`, text);
}

/** The whole number that a flag gives, 0 or more; throws UsageError. */
export function countOf(command: string, flag: string, flags: Flags, otherwise: number): number {
  const text = flags.text(flag);
  if (text === undefined) return otherwise;
  try {
    return whole(`--${flag}`, text);
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(error.message, command) : error;
  }
}
