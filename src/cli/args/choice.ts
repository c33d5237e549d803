// One word out of a few.

import { UsageError } from "./usage.ts";
import { quoted, suggestion } from "./words.ts";

/** The known word that was written; throws UsageError with the nearest one. */
export function choiceOf<T extends string>(flag: string, text: string, known: readonly T[]): T {
  const found = known.find((word) => word === text);
  if (found === undefined)
    throw new UsageError(`${flag} ${quoted(text)} is none of ${known.join(", ")}${suggestion(text, known, "--help")}`);
  return found;
}
