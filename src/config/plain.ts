// Reading plain values of unknown origin (JSON from a log or an API): each reader returns a value of its type and
// notes the first thing that is wrong, with its path.

import { decimalRange } from "./decimal.ts";
import { quoted, shownKey } from "./quote.ts";
import { nearest } from "./suggest.ts";

/** Notes only the first problem; after one, the values that readers return mean nothing. */
export type Reader = { problem: string | null };

export function refuse(reader: Reader, path: string, problem: string): void {
  reader.problem ??= path === "" ? problem : `${path}: ${problem}`;
}

/** A plain value in words, such as `the text "six"`. */
export function plainWords(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return `the text ${quoted(value)}`;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "an object";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object's own entries; empty where it is none. */
export function readEntries(reader: Reader, value: unknown, path: string): ReadonlyMap<string, unknown> {
  if (!isObject(value)) refuse(reader, path, `expected an object, found ${plainWords(value)}`);
  const entries: [string, unknown][] = isObject(value) ? Object.entries(value) : [];
  return new Map(entries);
}

/** An object with exactly these fields. */
export function readFields(
  reader: Reader,
  value: unknown,
  path: string,
  names: readonly string[],
): ReadonlyMap<string, unknown> {
  const entries = readEntries(reader, value, path);
  for (const name of entries.keys()) if (!names.includes(name)) refuse(reader, path, unknownField(name, names));
  for (const name of names) if (!entries.has(name)) refuse(reader, path, `${name} is missing`);
  return entries;
}

/** The problem of a name that is none of the known ones. */
export function unknownField(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return `unknown key ${shownKey(name)} (${near === null ? `known here: ${names.join(", ")}` : `did you mean ${near}?`})`;
}

/** A list of at most `max` items, each read by `read`. */
export function readList<T>(
  reader: Reader,
  value: unknown,
  path: string,
  max: number,
  read: (item: unknown, path: string) => T,
): readonly T[] {
  if (!Array.isArray(value)) {
    refuse(reader, path, `expected a list, found ${plainWords(value)}`);
    return [];
  }
  const items: readonly unknown[] = value;
  if (items.length > max) refuse(reader, path, `expected at most ${max} items, found ${items.length}`);
  return items.slice(0, max).map((item, index) => read(item, `${path}.${index}`));
}

export function readText(reader: Reader, value: unknown, path: string): string {
  if (typeof value === "string") return value;
  refuse(reader, path, `expected a text, found ${plainWords(value)}`);
  return "";
}

/** One of a closed set of texts; the first of them where it is none. */
export function readOneOf<T extends string>(
  reader: Reader,
  value: unknown,
  path: string,
  allowed: readonly [T, ...T[]],
): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) refuse(reader, path, `expected ${allowed.join(" or ")}, found ${plainWords(value)}`);
  return found ?? allowed[0];
}

/** A whole number from `min` to `max`. */
export function readCount(reader: Reader, value: unknown, path: string, max: number, min = 0): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value + 0;
  refuse(reader, path, `expected ${decimalRange(0, max, min)}, found ${plainWords(value)}`);
  return min;
}
