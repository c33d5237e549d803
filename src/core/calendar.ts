// Windows of time in UTC, by arithmetic alone: the core has no clock and no calendar of the platform.

import type { Counts } from "./rows/rows.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Days from the first of March of the year 0 to 1970; four centuries have ERA_DAYS. */
const EPOCH_DAYS = 719_468;
const ERA_DAYS = 146_097;

/** Days since 1970, UTC. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}

/** Months since January 1970 of a day since 1970, in the Gregorian calendar (years are counted from March). */
function monthOf(day: number): number {
  const shifted = day + EPOCH_DAYS;
  const era = Math.floor(shifted / ERA_DAYS);
  const inEra = shifted - era * ERA_DAYS;
  const year = Math.floor(
    (inEra - Math.floor(inEra / 1_460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const march = Math.floor((5 * inYear + 2) / 153);
  return (year + era * 400 - 1970) * 12 + march + 2;
}

/** Milliseconds until the hour or the day of `at` is over; null for other windows, named by their place in WINDOWS. */
export function windowLeftMs(window: number, at: number): number | null {
  if (window === 1) return HOUR_MS - (at % HOUR_MS);
  return window === 2 ? DAY_MS - (at % DAY_MS) : null;
}

let lastAt = 0;
let lastWindows: Counts = [0, 0, 0, 0];

/** The windows that `at` lies in: 0 for the lifetime, then hours, days and months since 1970. */
export function windowsAt(at: number): Counts {
  // One decision asks for one time again and again.
  if (at !== lastAt) {
    const day = dayOf(at);
    lastWindows = [0, Math.floor(at / HOUR_MS), day, monthOf(day)];
    lastAt = at;
  }
  return lastWindows;
}
