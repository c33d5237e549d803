// What is held on a meter is what is open: reservations nobody settled, and the time that leases reserve.

import { meterKey, NO_COUNTS, windowsAt, WINDOWS } from "../../core/index.ts";
import type { Amounts, Counts, MeterRow } from "../../core/index.ts";
import type { Kinds, Miscount } from "./kinds.ts";

/** Amounts that are open since the windows they were reserved in. */
type Open = { readonly windows: Counts; readonly amounts: Amounts };

function addOpen(by: Map<string, Open[]>, scopes: readonly string[], at: number, amounts: Amounts): void {
  const open = { windows: windowsAt(at), amounts };
  for (const scope of scopes) {
    const list = by.get(scope);
    if (list === undefined) by.set(scope, [open]);
    else list.push(open);
  }
}

function openByScope({ reservations, tasks }: Kinds): Map<string, Open[]> {
  const by = new Map<string, Open[]>();
  for (const row of reservations.values()) if (!row.presumed) addOpen(by, row.scopes, row.at, row.amounts);
  for (const { lease } of tasks.values())
    if (lease !== null && lease.ttlMs > 0) addOpen(by, lease.scopes, lease.since, { durationMs: lease.ttlMs });
  return by;
}

/** Sums by dimension and window, as a meter that counts in these windows holds them. */
function sumsOf(open: readonly Open[], windows: Counts): Map<string, number[]> {
  const sums = new Map<string, number[]>();
  for (const one of open)
    for (const [dimension, amount] of Object.entries(one.amounts)) {
      let counts = sums.get(dimension);
      if (counts === undefined) sums.set(dimension, (counts = [...NO_COUNTS]));
      for (const window of NO_COUNTS.keys())
        if (one.windows[window] === windows[window]) counts[window] = (counts[window] ?? 0) + amount;
    }
  return sums;
}

const NONE: readonly number[] = NO_COUNTS;

function* miscountsOf(key: string, meter: MeterRow, open: readonly Open[]): Generator<Miscount> {
  const sums = sumsOf(open, meter.windows);
  for (const dimension of new Set([...Object.keys(meter.held), ...sums.keys()]))
    for (const [window, name] of WINDOWS.entries()) {
      const held = (meter.held[dimension] ?? NONE)[window] ?? 0;
      const sum = (sums.get(dimension) ?? NONE)[window] ?? 0;
      if (held !== sum)
        yield { key, problem: `holds ${held} ${dimension} (${name}), the open reservations are ${sum}` };
    }
  for (const [dimension, counts] of Object.entries(meter.used))
    if (counts.some((count) => count < 0)) yield { key, problem: `has used less than nothing of ${dimension}` };
}

export function* meterMiscounts(kinds: Kinds): Generator<Miscount> {
  const by = openByScope(kinds);
  for (const [key, meter] of kinds.meters) yield* miscountsOf(key, meter, by.get(meter.scope) ?? []);
  for (const scope of by.keys())
    if (!kinds.meters.has(meterKey(scope)))
      yield { key: meterKey(scope), problem: "is missing, and something is open on it" };
}
