// Names and ids as strangers write them. They are kept long after their line is gone, so a long one is cut; a digest of the
// whole is appended, and two that differ stay different.

import { hash } from "node:crypto";

const NAME_CHARS_MAX = 200;
const DIGEST_CHARS = 16;
const CUT_CHARS: number = NAME_CHARS_MAX + 1 + DIGEST_CHARS;
const CUT = /~[0-9a-f]{16}$/;

/** The name as it is kept. */
export function keptName(name: string): string {
  if (name.length <= NAME_CHARS_MAX) return name;
  // A copy, not a slice: a slice would keep the whole name in memory for as long as it is kept.
  const start = Buffer.from(name.slice(0, NAME_CHARS_MAX)).toString();
  return `${start}~${hash("sha256", name).slice(0, DIGEST_CHARS)}`;
}

/** A name that is there and not empty, as it is kept, else null. */
export function nameOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? keptName(value) : null;
}

/** Whether a name was cut: told by its form alone. */
export function isCutName(name: string): boolean {
  return name.length === CUT_CHARS && CUT.test(name);
}

export const NAMES_CUT: string = `ids and names longer than ${NAME_CHARS_MAX} characters are cut`;
