// Reads the members of a parsed line, one kind of member a function. What does not fit is noted by the member's name
// and never by its content, and reading goes on, so that one report names everything wrong with a line.

import { parseTime, ZERO_TIME_MS } from "./times.ts";

/** What was wrong with one line, in the order it was found. */
export type Faults = string[];

/** Ids, states and names longer than this are no ids, states or names. */
const NAME_LIMIT_BYTES = 200;

/** Titles are kept up to this many characters. */
const TITLE_LIMIT = 500;

/** What may be unstorable: a quick look that nearly all text passes. */
const DOUBTFUL = /[\0\uD800-\uDFFF]/;

/** With the u flag this finds only halves without their other half. */
const HALF_PAIR = /\p{Surrogate}/u;

/** The log refuses NUL and half pairs, so no row may carry them. */
function unstorable(text: string): string | null {
  if (!DOUBTFUL.test(text)) return null;
  if (text.includes("\0")) return "holds a NUL";
  return HALF_PAIR.test(text) ? "holds half of a surrogate pair" : null;
}

function nameFault(value: string): string | null {
  const bytes = value.length > NAME_LIMIT_BYTES / 4 ? Buffer.byteLength(value) : value.length;
  return bytes > NAME_LIMIT_BYTES ? `is ${bytes} bytes, limit ${NAME_LIMIT_BYTES}` : unstorable(value);
}

/** A name that must be there: an id or a state. Gives "" beside a fault. */
export function readName(name: string, value: unknown, faults: Faults): string {
  if (value === undefined || value === null || value === "") faults.push(`${name} is missing`);
  else if (typeof value !== "string") faults.push(`${name} is not text`);
  else {
    const fault = nameFault(value);
    if (fault === null) return value;
    faults.push(`${name} ${fault}`);
  }
  return "";
}

/** A name that may be absent, null or empty: all three are null. */
export function readOptionalName(name: string, value: unknown, faults: Faults): string | null {
  if (value === undefined || value === null || value === "") return null;
  const text = readName(name, value, faults);
  return text === "" ? null : text;
}

/** A title: any text, "" where there is none, cut at TITLE_LIMIT characters. */
export function readTitle(name: string, value: unknown, faults: Faults): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") {
    faults.push(`${name} is not text`);
    return "";
  }
  const fault = unstorable(value);
  if (fault !== null) faults.push(`${name} ${fault}`);
  return value.length <= TITLE_LIMIT ? value : cut(value);
}

/** A copy, not a slice: a slice would keep the whole long line in memory for as long as the title is kept. */
function cut(value: string): string {
  const whole = value.slice(0, TITLE_LIMIT).replace(/\p{Surrogate}$/u, "");
  return Buffer.from(whole).toString("utf8");
}

/** A list of names; absent and null are the empty list. */
export function readNames(name: string, value: unknown, faults: Faults): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    faults.push(`${name} is not a list`);
    return [];
  }
  const items: readonly unknown[] = value;
  return items.map((item, index) => readName(`${name}[${index}]`, item, faults));
}

/** A time that may be absent, null, empty or Go's zero time: all are null. Milliseconds since 1970. */
export function readOptionalTime(name: string, value: unknown, faults: Faults): number | null {
  if (value === undefined || value === null || value === "") return null;
  const ms = typeof value === "string" ? parseTime(value) : null;
  if (ms === null) faults.push(`${name} is not a date and time with an offset`);
  return ms === ZERO_TIME_MS ? null : ms;
}

/** A time that must be there. Milliseconds since 1970; gives 0 beside a fault. */
export function readTime(name: string, value: unknown, faults: Faults): number {
  const before = faults.length;
  const ms = readOptionalTime(name, value, faults);
  if (ms === null && faults.length === before) faults.push(`${name} is missing`);
  return ms ?? 0;
}
