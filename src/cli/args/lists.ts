// Names in one flag, parted by commas; `none` is the empty list.

import { UsageError } from "./usage.ts";
import { quoted } from "./words.ts";

/** What empties a list or takes a value away. */
export const NONE = "none";

/** The names in the text; undefined where the flag was not given. */
export function listOf(flag: string, text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  if (text === NONE) return [];
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw new UsageError(`${flag} ${quoted(text)} has an empty name: write a,b or ${NONE}`);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new UsageError(`${flag} names ${quoted(twice)} twice`);
  return names;
}
