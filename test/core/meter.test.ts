import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { countsAt, NO_COUNTS, windowsAt } from "../../src/core/index.ts";
import type { Amounts, Counts, MeterRow } from "../../src/core/index.ts";
import { booked, cancelling, correcting, presuming, reserving, settling, taken, using } from "../../src/core/meter.ts";
import type { Booking } from "../../src/core/meter.ts";
import { random, runSeed } from "../support/random.ts";
import type { Random } from "../support/random.ts";

const EMPTY: MeterRow = {
  kind: "meter",
  scope: "workspace",
  windows: NO_COUNTS,
  used: {},
  held: {},
  handBackSteps: 0,
  extensions: [],
};
const NAMES = ["steps", "tokens", "costMicros"];
const WINDOWS = [0, 1, 2, 3] as const;

/** One amount with the time whose windows it counts in. */
type Entry = { readonly since: number; readonly amounts: Amounts };

/** A naive ledger: lists of what is held and what was used, summed anew at each question. */
class Ledger {
  readonly held: Set<Entry> = new Set();
  readonly presumed: Set<Entry> = new Set();
  readonly used: Entry[] = [];

  sum(entries: Iterable<Entry>, dimension: string, at: number): readonly number[] {
    const now = windowsAt(at);
    const out = [0, 0, 0, 0];
    for (const { since, amounts } of entries) {
      const then = windowsAt(since);
      for (const window of WINDOWS)
        if (then[window] === now[window]) out[window] = (out[window] ?? 0) + (amounts[dimension] ?? 0);
    }
    return out;
  }
}

/** What an end uses beyond what was reserved counts now, where the reservation's window is over; the rest counts then. */
function ends(ledger: Ledger, entry: Entry, actual: Amounts, at: number): void {
  const [then, now] = [windowsAt(entry.since), windowsAt(at)];
  const beyond = Object.fromEntries(
    NAMES.map((name) => [name, Math.max(0, (actual[name] ?? 0) - (entry.amounts[name] ?? 0))]),
  );
  ledger.used.push({ since: entry.since, amounts: actual });
  for (const window of WINDOWS) if (then[window] !== now[window]) late.push({ window, at, amounts: beyond });
}

/** Overruns by the one window that they are booked into. */
const late: { readonly window: number; readonly at: number; readonly amounts: Amounts }[] = [];

function overruns(dimension: string, at: number): readonly number[] {
  const now = windowsAt(at);
  return WINDOWS.map((window) =>
    late
      .filter((one) => one.window === window && windowsAt(one.at)[window] === now[window])
      .reduce((sum, one) => sum + (one.amounts[dimension] ?? 0), 0),
  );
}

function amountsOf(dice: Random): Amounts {
  return Object.fromEntries(NAMES.filter(() => dice.below(3) > 0).map((name) => [name, dice.below(100)]));
}

function oneOf(entries: ReadonlySet<Entry>, dice: Random): Entry | null {
  return entries.size === 0 ? null : dice.pick([...entries]);
}

/** One random event at `at`: what it books, and the same in the ledger. */
function event(ledger: Ledger, dice: Random, at: number): { booking: Booking; since: number } | null {
  const kind = dice.below(6);
  const amounts = amountsOf(dice);
  if (kind === 0) {
    ledger.used.push({ since: at, amounts });
    return { booking: using(amounts), since: at };
  }
  if (kind <= 2) {
    ledger.held.add({ since: at, amounts });
    return { booking: reserving(amounts), since: at };
  }
  if (kind === 5) {
    const entry = oneOf(ledger.presumed, dice);
    if (entry === null) return null;
    ledger.presumed.delete(entry);
    ends(ledger, entry, amounts, at);
    return { booking: correcting(entry.amounts, amounts), since: entry.since };
  }
  return closing(ledger, dice, at, amounts);
}

function closing(
  ledger: Ledger,
  dice: Random,
  at: number,
  amounts: Amounts,
): { booking: Booking; since: number } | null {
  const entry = oneOf(ledger.held, dice);
  if (entry === null) return null;
  ledger.held.delete(entry);
  const { since } = entry;
  switch (dice.below(3)) {
    case 0:
      return { booking: cancelling(entry.amounts), since };
    case 1:
      ledger.presumed.add(entry);
      return { booking: presuming(entry.amounts), since };
    default:
      ends(ledger, entry, amounts, at);
      return { booking: settling(entry.amounts, amounts), since };
  }
}

/** The counts that the ledger says a meter must have. */
function recount(ledger: Ledger, dimension: string, at: number): { used: readonly number[]; held: readonly number[] } {
  const own = ledger.sum([...ledger.used, ...ledger.presumed], dimension, at);
  const beyond = overruns(dimension, at);
  return {
    used: own.map((count, window) => count + (beyond[window] ?? 0)),
    held: ledger.sum(ledger.held, dimension, at),
  };
}

function standing(meter: MeterRow, side: MeterRow["used"], dimension: string, at: number): Counts {
  return countsAt(side[dimension], meter.windows, windowsAt(at));
}

describe("meter", () => {
  test("any sequence of reserve, settle, cancel, presume, correct and book equals a recount, in every window", () => {
    const seed = runSeed();
    for (let round = 0; round < 12; round += 1) {
      const dice = random(seed + round);
      const ledger = new Ledger();
      late.length = 0;
      let meter = EMPTY;
      let at = Date.UTC(2024, 1, 27, 22);
      for (let n = 0; n < 400; n += 1) {
        at += dice.below(3) === 0 ? dice.below(3) * 1_800_000 : dice.below(60_000);
        if (dice.below(60) === 0) at += dice.below(20) * 86_400_000;
        const found = event(ledger, dice, at);
        if (found !== null) meter = booked(meter, found.booking, windowsAt(at), windowsAt(found.since));
        for (const dimension of NAMES) {
          const { used, held } = recount(ledger, dimension, at);
          assert.deepEqual(standing(meter, meter.used, dimension, at), used, `${dimension} used, ${round}/${n}`);
          assert.deepEqual(standing(meter, meter.held, dimension, at), held, `${dimension} held, ${round}/${n}`);
          for (const window of WINDOWS)
            assert.equal(
              taken(meter, dimension, window, windowsAt(at)),
              (used[window] ?? 0) + (held[window] ?? 0),
              `${dimension} taken in ${window}, ${round}/${n}`,
            );
        }
      }
    }
  });

  test("equal meters have equal bytes, whatever came first", () => {
    const [one, two] = [{ b: 1, a: 2 }, { c: 3 }];
    const now = windowsAt(Date.UTC(2026, 0, 1));
    const both = booked(booked(EMPTY, using(one), now, now), using(two), now, now);
    const turned = booked(booked(EMPTY, using(two), now, now), using(one), now, now);
    assert.equal(JSON.stringify(both), JSON.stringify(turned));
  });

  test("a window that is over counts nothing, and the lifetime goes on", () => {
    const at = Date.UTC(2024, 1, 29, 23, 59, 59, 999);
    const meter = booked(EMPTY, using({ tokens: 7 }), windowsAt(at), windowsAt(at));
    assert.deepEqual(standing(meter, meter.used, "tokens", at), [7, 7, 7, 7]);
    assert.deepEqual(standing(meter, meter.used, "tokens", at + 1), [7, 0, 0, 0]);
    const noon = Date.UTC(2024, 1, 29, 12);
    const early = booked(EMPTY, using({ tokens: 7 }), windowsAt(noon), windowsAt(noon));
    assert.deepEqual(standing(early, early.used, "tokens", noon + 3_600_000), [7, 0, 7, 7]);
    assert.deepEqual(standing(early, early.used, "tokens", Date.UTC(2024, 2, 1)), [7, 0, 0, 0]);
  });
});
