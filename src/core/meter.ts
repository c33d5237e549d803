// Arithmetic of meters: what a scope has used and what is reserved of it, in every window at once. A reservation
// belongs to the windows it was made in: once such a window is over, only what passed the reservation counts in the next.

import { windowsAt } from "./calendar.ts";
import type { Amounts } from "./command.ts";
import type { Counts, MeterRow } from "./rows/rows.ts";

export const NO_COUNTS: Counts = [0, 0, 0, 0];

/** A change of one dimension: `used` and `held` where the window is that of `since`, `beyond` used where it is over. */
type Change = { readonly used: number; readonly held: number; readonly beyond: number };

/** How amounts change a meter, by dimension. */
export type Booking = (dimension: string) => Change;

const of = (amounts: Amounts, dimension: string): number => amounts[dimension] ?? 0;

export const reserving =
  (amounts: Amounts): Booking =>
  (dimension) => ({ used: 0, held: of(amounts, dimension), beyond: 0 });

export const using =
  (amounts: Amounts): Booking =>
  (dimension) => ({ used: of(amounts, dimension), held: 0, beyond: of(amounts, dimension) });

export const settling =
  (reserved: Amounts, actual: Amounts): Booking =>
  (dimension) => {
    const [held, used] = [of(reserved, dimension), of(actual, dimension)];
    return { used, held: -held, beyond: Math.max(0, used - held) };
  };

/** Nobody said what it used: all of it. */
export const presuming =
  (reserved: Amounts): Booking =>
  (dimension) => ({ used: of(reserved, dimension), held: -of(reserved, dimension), beyond: 0 });

/** Says what one that was presumed really used. */
export const correcting =
  (reserved: Amounts, actual: Amounts): Booking =>
  (dimension) => {
    const more = of(actual, dimension) - of(reserved, dimension);
    return { used: more, held: 0, beyond: Math.max(0, more) };
  };

export const cancelling =
  (reserved: Amounts): Booking =>
  (dimension) => ({ used: 0, held: -of(reserved, dimension), beyond: 0 });

/** Counts as they stand at `now`: those of windows that are over are 0. */
export function countsAt(counts: Counts | undefined, windows: Counts, now: Counts): Counts {
  if (counts === undefined) return NO_COUNTS;
  if (windows[1] === now[1]) return counts;
  const [lifetime, , day, month] = counts;
  return [lifetime, 0, windows[2] === now[2] ? day : 0, windows[3] === now[3] ? month : 0];
}

function added(counts: Counts, same: number, over: number, now: Counts, since: Counts): Counts {
  const by = (index: 0 | 1 | 2 | 3): number => counts[index] + (now[index] === since[index] ? same : over);
  return [by(0), by(1), by(2), by(3)];
}

type Side = { readonly [dimension: string]: Counts };

/** Dimensions in binary order, so that equal meters have equal bytes. */
function withCounts(side: Side, changed: readonly (readonly [string, Counts])[]): Side {
  const isNew = changed.some(([dimension]) => side[dimension] === undefined);
  const all = { ...side, ...Object.fromEntries(changed) };
  return isNew ? Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1))) : all;
}

function rolled(side: Side, windows: Counts, now: Counts): Side {
  if (windows[1] === now[1]) return side;
  return Object.fromEntries(
    Object.entries(side).map(([dimension, counts]) => [dimension, countsAt(counts, windows, now)]),
  );
}

/** The meter after a booking at `at` of amounts in these dimensions that were reserved at `since`. */
export function booked(
  meter: MeterRow,
  dimensions: readonly string[],
  booking: Booking,
  at: number,
  since: number,
): MeterRow {
  const [now, then] = [windowsAt(at), windowsAt(since)];
  const used = rolled(meter.used, meter.windows, now);
  const held = rolled(meter.held, meter.windows, now);
  const usedChanges: (readonly [string, Counts])[] = [];
  const heldChanges: (readonly [string, Counts])[] = [];
  for (const dimension of dimensions) {
    const change = booking(dimension);
    if (change.used !== 0 || change.beyond !== 0)
      usedChanges.push([dimension, added(used[dimension] ?? NO_COUNTS, change.used, change.beyond, now, then)]);
    if (change.held !== 0)
      heldChanges.push([dimension, added(held[dimension] ?? NO_COUNTS, change.held, 0, now, then)]);
  }
  return { ...meter, windows: now, used: withCounts(used, usedChanges), held: withCounts(held, heldChanges) };
}

/** Used and held of one dimension in one window, as they stand at the windows `now`. */
export function taken(meter: MeterRow, dimension: string, window: number, now: Counts): number {
  if (meter.windows[window] !== now[window]) return 0;
  return (meter.used[dimension]?.[window] ?? 0) + (meter.held[dimension]?.[window] ?? 0);
}

/** What humans have added to one limit, as far as it still holds at `at`. */
export function extensionOf(meter: MeterRow, dimension: string, window: number, at: number): number {
  let sum = 0;
  for (const one of meter.extensions)
    if (one.dimension === dimension && one.window === window && at < one.until) sum += one.add;
  return sum;
}
