// Recounts the spending of a log by its events alone: after no event is more used and held than a limit allows, and each
// reservation closes once. It shares no arithmetic with the kernel's meters.

import { scopeKind } from "../../src/core/index.ts";
import type { Event, ScopeKind } from "../../src/core/index.ts";

type Amounts = { readonly [dimension: string]: number };
type Open = { readonly scopes: readonly string[]; readonly amounts: Amounts; presumed: boolean };
export type Taken = { used: number; held: number };

/** Hard limits over a scope's life, by kind of scope and dimension. */
export type HardLimits = { readonly [K in ScopeKind]?: Amounts };

export type SpendingReport = {
  readonly faults: readonly string[];
  /** Reservations that nobody closed. */
  readonly open: readonly string[];
  /** By scope and dimension, such as `task/T-1 steps`. */
  readonly taken: ReadonlyMap<string, Taken>;
  /** How often a scope came to stand exactly at a limit. */
  readonly full: number;
};

const withStep = (amounts: Amounts, handBack: boolean): Amounts => (handBack ? amounts : { ...amounts, steps: 1 });

class Recount {
  readonly faults: string[] = [];
  readonly open = new Map<string, Open>();
  readonly taken = new Map<string, Taken>();
  full = 0;
  readonly #limits: HardLimits;
  #sequence = 0;

  constructor(limits: HardLimits) {
    this.#limits = limits;
  }

  follow(event: Event): void {
    this.#sequence = event.sequence;
    if (event.type === "step_reserved") this.#reserved(`r-${event.sequence}`, event.body);
    if (event.type === "step_recorded") {
      const { scopes, amounts, handBack } = event.body;
      this.#book(scopes, withStep(amounts, handBack), { used: 1, held: 0 });
    }
    if (event.type === "step_settled") {
      const { reservation, reserved, amounts, handBack, late } = event.body;
      this.#close(reservation, reserved, late, withStep(amounts, handBack));
    }
    if (event.type === "step_cancelled") this.#close(event.body.reservation, event.body.reserved, false, {});
    if (event.type === "reservation_expired") this.#expired(event.body.reservation, event.body.closed);
  }

  #reserved(id: string, body: { scopes: readonly string[]; amounts: Amounts; handBack: boolean }): void {
    const amounts = withStep(body.amounts, body.handBack);
    this.open.set(id, { scopes: body.scopes, amounts, presumed: false });
    this.#book(body.scopes, amounts, { used: 0, held: 1 });
  }

  #close(id: string, reserved: Amounts, late: boolean, actual: Amounts): void {
    const open = this.open.get(id);
    if (open === undefined) return this.#fault(`${id} was closed twice, or never made`);
    if (open.presumed !== late) this.#fault(`${id} was ${late ? "not " : ""}presumed spent`);
    if (JSON.stringify(sorted(open.amounts)) !== JSON.stringify(sorted(reserved)))
      this.#fault(`${id} held something else`);
    this.open.delete(id);
    this.#book(open.scopes, open.amounts, late ? { used: -1, held: 0 } : { used: 0, held: -1 });
    this.#book(open.scopes, actual, { used: 1, held: 0 });
  }

  #expired(id: string, closed: boolean): void {
    const open = this.open.get(id);
    if (open === undefined) return this.#fault(`${id} expired and was not open`);
    if (!open.presumed) this.#book(open.scopes, open.amounts, { used: 1, held: -1 });
    open.presumed = true;
    if (closed) this.open.delete(id);
  }

  #book(scopes: readonly string[], amounts: Amounts, times: Taken): void {
    for (const scope of scopes)
      for (const [dimension, amount] of Object.entries(amounts)) {
        const key = `${scope} ${dimension}`;
        const before = this.taken.get(key) ?? { used: 0, held: 0 };
        const now = { used: before.used + times.used * amount, held: before.held + times.held * amount };
        this.taken.set(key, now);
        this.#within(key, now, this.#limits[scopeKind(scope)]?.[dimension] ?? Infinity);
      }
  }

  #within(key: string, { used, held }: Taken, limit: number): void {
    if (used < 0 || held < 0) this.#fault(`${key}: ${used} used, ${held} held`);
    if (used + held > limit) this.#fault(`${key}: ${used} used and ${held} held, limit ${limit}`);
    if (used + held === limit) this.full += 1;
  }

  #fault(text: string): void {
    this.faults.push(`${this.#sequence}: ${text}`);
  }
}

function sorted(amounts: Amounts): readonly (readonly [string, number])[] {
  return Object.entries(amounts).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

export function checkSpending(events: readonly Event[], limits: HardLimits): SpendingReport {
  const recount = new Recount(limits);
  for (const event of events) recount.follow(event);
  const { faults, open, taken, full } = recount;
  return { faults, open: [...open.keys()], taken, full };
}
