// Reads the times that histories carry. Date.parse is not enough: it takes 30 February for 2 March, and text without an
// offset for local time, which would give another answer on another machine. Every line has two or three times, so this
// is also a quarter of the reading; it picks digits by place and takes nothing apart into strings.

const FORM = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Date.UTC takes years below 100 for 19xx; the calendar repeats after 400 years, so they are asked for that much later. */
const CYCLE_YEARS = 400;
const CYCLE_MS = 146_097 * 86_400_000;

const MINUTE_MS = 60_000;
const ZERO = 48;
const DOT = 46;
const MINUS = 45;

function digit(text: string, at: number): number {
  return text.charCodeAt(at) - ZERO;
}

function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** The first three digits of a fraction; the rest (beads writes nine) is dropped, not rounded. */
function milliseconds(text: string): number {
  if (text.charCodeAt(19) !== DOT) return 0;
  let ms = 0;
  let at = 20;
  for (let scale = 100; scale >= 1; scale /= 10) {
    const value = digit(text, at);
    if (value < 0 || value > 9) break;
    ms += value * scale;
    at += 1;
  }
  return ms;
}

/** Minutes ahead of UTC, NaN for an offset that no clock has. */
function offsetMinutes(text: string): number {
  const end = text.length;
  if (text.charCodeAt(end - 3) !== 58) return 0;
  const hours = twoDigits(text, end - 5);
  const minutes = twoDigits(text, end - 2);
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (hours * 60 + minutes) * (text.charCodeAt(end - 6) === MINUS ? -1 : 1);
}

/** Milliseconds since 1970 of an ISO 8601 date and time with seconds and an offset; null for anything else. */
export function parseTime(text: string): number | null {
  if (!FORM.test(text)) return null;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  if (day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) return null;
  const local = Date.UTC(year + CYCLE_YEARS, month - 1, day, hour, minute, second, milliseconds(text)) - CYCLE_MS;
  const ms = local - offsetMinutes(text) * MINUTE_MS;
  return Number.isNaN(ms) ? null : ms;
}

/** The time that Go programs write for "never set". */
export const ZERO_TIME_MS: number = Date.UTC(1 + CYCLE_YEARS, 0, 1) - CYCLE_MS;
