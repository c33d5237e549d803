// Values of flags: text to numbers, exactly. What is no number is a usage error that names the flag.

import { UsageError } from "./usage.ts";
import { quoted } from "./words.ts";

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;
const MICROS_PLACES = 6;

function safe(value: number, flag: string, text: string): number {
  if (Number.isSafeInteger(value)) return value;
  throw new UsageError(`${flag} ${quoted(text)} is too large: at most ${Number.MAX_SAFE_INTEGER}`);
}

/** A whole number, from `least`. */
export function whole(flag: string, text: string, least = 0): number {
  if (!WHOLE.test(text)) throw new UsageError(`${flag} ${quoted(text)} is not a whole number`);
  const value = safe(Number(text), flag, text);
  if (value < least) throw new UsageError(`${flag} ${value} is too small: at least ${least}`);
  return value === 0 ? 0 : value;
}

export function wholeOr(flag: string, text: string | undefined, least = 0): number | undefined {
  return text === undefined ? undefined : whole(flag, text, least);
}

/** Dollars such as `0.30` as micro-dollars, exactly; no float comes between. */
export function microsOf(flag: string, text: string): number {
  const [, sign, units, decimals = ""] = DECIMAL.exec(text) ?? [];
  if (units === undefined) throw new UsageError(`${flag} ${quoted(text)} is no amount of dollars such as 0.25`);
  if (sign === "-") throw new UsageError(`${flag} ${text} is negative: at least 0`);
  const parts = decimals.replace(/0+$/, "");
  if (parts.length > MICROS_PLACES)
    throw new UsageError(`${flag} ${quoted(text)} has ${parts.length} decimals: at most ${MICROS_PLACES}`);
  return safe(Number(units + parts.padEnd(MICROS_PLACES, "0")), flag, text);
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** Date.parse takes 30 February for 2 March. */
function isInCalendar(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * A point in time as milliseconds since 1970; null where the text has not the form of one. Without a zone it is UTC.
 * @throws UsageError where it has the form, and no calendar or clock shows such a time.
 */
export function timeOf(flag: string, text: string): number | null {
  const parts = ISO.exec(text);
  if (parts === null) return null;
  const [, year, month, day] = parts;
  const zoned = text.length <= 10 || /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`;
  const at = Date.parse(zoned.replace(" ", "T"));
  if (!Number.isNaN(at) && isInCalendar(Number(year), Number(month), Number(day))) return at;
  throw new UsageError(`${flag} ${quoted(text)} is no time that there is: check the day and the hour`);
}
