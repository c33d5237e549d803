// Arithmetic of meters: what a scope has used and what is reserved of it, in every window at once. A reservation
// belongs to the windows it was made in: once such a window is over, only what passed the reservation counts in the next.

import type { Amounts } from "./command.ts";
import { NO_COUNTS } from "./rows/rows.ts";
import type { Counts, MeterRow } from "./rows/rows.ts";

/** Largest count of a meter: what is used beyond is not counted any more, so that sums stay exact. */
export const METER_MAX: number = 2 ** 50;

/** A change of one dimension: `used` and `held` where the window is that of `since`, `beyond` used where it is over. */
type Change = { readonly dimension: string; readonly used: number; readonly held: number; readonly beyond: number };

/** How a step changes each meter that it is charged to. */
export type Booking = readonly Change[];

type Say = (dimension: string, reserved: number, actual: number) => Change;

const NOTHING: Amounts = {};

/** Dimensions of what was reserved come first, then those that only the actual amounts have. */
function bookingOf(reserved: Amounts, actual: Amounts, say: Say): Booking {
  const out: Change[] = [];
  for (const dimension in reserved) out.push(say(dimension, reserved[dimension] ?? 0, actual[dimension] ?? 0));
  for (const dimension in actual)
    if (reserved[dimension] === undefined) out.push(say(dimension, 0, actual[dimension] ?? 0));
  return out;
}

export function reserving(amounts: Amounts): Booking {
  return bookingOf(amounts, NOTHING, (dimension, held) => ({ dimension, used: 0, held, beyond: 0 }));
}

export function using(amounts: Amounts): Booking {
  return bookingOf(NOTHING, amounts, (dimension, _, used) => ({ dimension, used, held: 0, beyond: used }));
}

export function settling(reserved: Amounts, actual: Amounts): Booking {
  return bookingOf(reserved, actual, (dimension, held, used) => {
    return { dimension, used, held: -held, beyond: Math.max(0, used - held) };
  });
}

/** Nobody said what it used: all of it. */
export function presuming(reserved: Amounts): Booking {
  return bookingOf(reserved, NOTHING, (dimension, held) => ({ dimension, used: held, held: -held, beyond: 0 }));
}

/** Says what one that was presumed really used. */
export function correcting(reserved: Amounts, actual: Amounts): Booking {
  return bookingOf(reserved, actual, (dimension, presumed, used) => {
    return { dimension, used: used - presumed, held: 0, beyond: Math.max(0, used - presumed) };
  });
}

export function cancelling(reserved: Amounts): Booking {
  return bookingOf(reserved, NOTHING, (dimension, held) => ({ dimension, used: 0, held: -held, beyond: 0 }));
}

/** Counts as they stand at `now`: those of windows that are over are 0. */
export function countsAt(counts: Counts | undefined, windows: Counts, now: Counts): Counts {
  if (counts === undefined) return NO_COUNTS;
  if (windows[1] === now[1]) return counts;
  const [lifetime, , day, month] = counts;
  return [lifetime, 0, windows[2] === now[2] ? day : 0, windows[3] === now[3] ? month : 0];
}

function added(counts: Counts, same: number, over: number, now: Counts, since: Counts): Counts {
  return [
    Math.min(METER_MAX, counts[0] + (now[0] === since[0] ? same : over)),
    Math.min(METER_MAX, counts[1] + (now[1] === since[1] ? same : over)),
    Math.min(METER_MAX, counts[2] + (now[2] === since[2] ? same : over)),
    Math.min(METER_MAX, counts[3] + (now[3] === since[3] ? same : over)),
  ];
}

type Side = { readonly [dimension: string]: Counts };

function rolled(side: Side, windows: Counts, now: Counts): Side {
  if (windows[1] === now[1]) return side;
  return Object.fromEntries(
    Object.entries(side).map(([dimension, counts]) => [dimension, countsAt(counts, windows, now)]),
  );
}

/** Dimensions in binary order, so that equal meters have equal bytes. */
function inOrder(side: Side): Side {
  const out: { [dimension: string]: Counts } = {};
  for (const dimension of Object.keys(side).toSorted()) out[dimension] = side[dimension] ?? NO_COUNTS;
  return out;
}

/** One side after the booking: what is held, or what is used. */
function bookedSide(side: Side, booking: Booking, isHeld: boolean, now: Counts, since: Counts): Side {
  let out: { [dimension: string]: Counts } | null = null;
  let isNew = false;
  for (const change of booking) {
    const same = isHeld ? change.held : change.used;
    const over = isHeld ? 0 : change.beyond;
    if (same === 0 && over === 0) continue;
    const before = side[change.dimension];
    isNew ||= before === undefined;
    out ??= { ...side };
    out[change.dimension] = added(before ?? NO_COUNTS, same, over, now, since);
  }
  if (out === null) return side;
  return isNew ? inOrder(out) : out;
}

/** The meter after a booking in the windows `now` of amounts that were reserved in the windows `since`. */
export function booked(meter: MeterRow, booking: Booking, now: Counts, since: Counts): MeterRow {
  const used = rolled(meter.used, meter.windows, now);
  const held = rolled(meter.held, meter.windows, now);
  return {
    kind: meter.kind,
    scope: meter.scope,
    windows: now,
    used: bookedSide(used, booking, false, now, since),
    held: bookedSide(held, booking, true, now, since),
    handBackSteps: meter.handBackSteps,
    extensions: meter.extensions,
  };
}

/** Used and held of one dimension in one window, as they stand at the windows `now`. */
export function taken(meter: MeterRow, dimension: string, window: number, now: Counts): number {
  if (meter.windows[window] !== now[window]) return 0;
  return (meter.used[dimension]?.[window] ?? 0) + (meter.held[dimension]?.[window] ?? 0);
}

/** What humans have added to one limit, as far as it still holds at `at`. */
export function extensionOf(meter: MeterRow, dimension: string, window: number, at: number): number {
  if (meter.extensions.length === 0) return 0;
  let sum = 0;
  for (const one of meter.extensions)
    if (one.dimension === dimension && one.window === window && at < one.until) sum += one.add;
  return sum;
}
