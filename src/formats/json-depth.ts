// Parses JSON that a stranger nested. V8 parses without end, but writes a value as text again, or walks it, only as deep as
// its stack goes: what nests deeper than a fixed depth is left out, on every machine the same.

import { nestsDeeper } from "./json-fault.ts";

/** Lists and objects within each other. */
export const NESTING_LIMIT = 512;

/** A longer text is asked how deep it nests before it is parsed: deep nesting costs 40 bytes a byte. */
const LONG_TEXT = 65_536;

/** A shorter text has no room for more brackets, opened and closed. */
const SHORT_TEXT: number = 2 * NESTING_LIMIT;

/** A parsed value; `isDeep` where it nests too deep, and is not to be read. */
export type ParsedJson = { readonly isDeep: false; readonly value: unknown } | { readonly isDeep: true };

const DEEP: ParsedJson = { isDeep: true };

function valueNestsDeeper(value: unknown, limit: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (limit === 0) return true;
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return members.some((member) => valueNestsDeeper(member, limit - 1));
}

/** @throws SyntaxError for text that is not JSON. */
export function parseJson(text: string): ParsedJson {
  if (text.length > LONG_TEXT) {
    if (nestsDeeper(text, NESTING_LIMIT)) return DEEP;
    return { isDeep: false, value: JSON.parse(text) };
  }
  const value: unknown = JSON.parse(text);
  return text.length > SHORT_TEXT && valueNestsDeeper(value, NESTING_LIMIT) ? DEEP : { isDeep: false, value };
}
