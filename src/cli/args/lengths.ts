// Lengths of time and points in time as people write them: 30s, 90m, 2h, 1d, 1h30m; `in 2h` or an ISO time. Strict and
// our own, because the small library for it reads `1h30m` as nothing and says nothing.

import { UsageError } from "./usage.ts";
import { timeOf } from "./values.ts";
import { quoted } from "./words.ts";

/** From the longest unit to the shortest, as the parts of LENGTH stand. */
const UNITS_MS = [86_400_000, 3_600_000, 60_000, 1_000] as const;
const LENGTH = /^(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;
const YEAR_MS = 31_536_000_000;

/** The length in milliseconds; null where the text is none. */
function readLength(text: string): number | null {
  const parts = LENGTH.exec(text)?.slice(1);
  if (text === "" || parts === undefined) return null;
  return UNITS_MS.reduce((sum, unitMs, index) => sum + Number(parts[index] ?? 0) * unitMs, 0);
}

/** A length of time from one second to a year, in milliseconds. */
export function lengthMs(flag: string, text: string): number {
  const found = readLength(text);
  if (found === null)
    throw new UsageError(`${flag} ${quoted(text)} is no length of time such as 30s, 90m, 2h, 1d or 1h30m`);
  if (found === 0) throw new UsageError(`${flag} ${text} is no time at all: at least 1s`);
  if (found > YEAR_MS) throw new UsageError(`${flag} ${text} is too long: at most 365d`);
  return found;
}

/** A point in time as milliseconds since 1970: an ISO time, or `in 2h` (or `2h`) from `now` on. */
function pointInTime(flag: string, text: string, now: number): number {
  const at = timeOf(flag, text);
  if (at !== null) return at;
  const fromNow = /^(?:in )?(.+)$/.exec(text)?.[1] ?? "";
  if (readLength(fromNow) === null)
    throw new UsageError(
      `${flag} ${quoted(text)} is neither a time such as 2026-01-31T10:00Z nor a length such as "in 2h"`,
    );
  return now + lengthMs(flag, fromNow);
}

/** A deadline: a point in time to come, as milliseconds since 1970; work whose deadline is over can never be claimed. */
export function deadlineIn(flag: string, text: string, now: number): number {
  const at = pointInTime(flag, text, now);
  if (at > now) return at;
  throw new UsageError(`${flag} ${quoted(text)} is over already: name a time to come`);
}
