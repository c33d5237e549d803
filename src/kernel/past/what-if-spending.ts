// What a changed decision is worth. Money and time are spent once and counted once: with the step that would have been
// refused, else with the claim that the work was done under, else with the making of the task.

import { reservationKey, withStep } from "../../core/index.ts";
import type { Amounts, Command, Event, EventBodies, ReservationRow } from "../../core/index.ts";
import type { Folded } from "../folded.ts";
import type { PastCommand } from "./walk.ts";

export type Summed = { [dimension: string]: number };

/** One way of changing, as far as it is summed. */
export type Bill = { readonly notSpent: Summed; readonly asked: Summed };

export function addTo(sums: Summed, amounts: Amounts): void {
  for (const [dimension, value] of Object.entries(amounts))
    if (value !== 0) sums[dimension] = (sums[dimension] ?? 0) + value;
}

/** What a command asks to spend. */
export function askedOf({ type, body }: Command): Amounts {
  if (type === "reserve_step" || type === "record_step") return withStep(body.amounts, body.handBack);
  return type === "settle_step" && body.next !== null ? withStep(body.next.amounts, body.next.handBack) : {};
}

/** Who would have to answer for the work on a task. */
type OfTask = { readonly made: Bill | null; readonly claimed: Bill | null };

const NOBODY: OfTask = { made: null, claimed: null };

export class Spending {
  readonly #tasks: Map<string, OfTask> = new Map();
  readonly #reservations: Map<string, Bill> = new Map();

  /** Follows one command; `refused` is the bill of its change where it was granted and would not have been. */
  follow({ events, rows }: PastCommand, refused: Bill | null): void {
    for (const event of events) this.#event(event, rows, refused);
  }

  #event(event: Event, rows: Folded, refused: Bill | null): void {
    if (event.type === "task_created" && refused !== null)
      this.#tasks.set(event.body.task, { made: refused, claimed: null });
    else if (event.type === "task_moved") this.#moved(event.body, refused);
    else if (event.type === "lease_renewed") this.#worked(event.body.task, event.body.workedMs);
    else if (event.type === "step_recorded")
      this.#book(event.body.task, withStep(event.body.amounts, event.body.handBack), refused);
    else if (event.type === "step_reserved" && refused !== null) this.#reservations.set(`r-${event.sequence}`, refused);
    else if (event.type === "step_settled") this.#settled(event.body);
    else if (event.type === "step_cancelled") this.#reservations.delete(event.body.reservation);
    else if (event.type === "reservation_expired") this.#expired(event.body.reservation, rows);
  }

  #book(task: string, amounts: Amounts, own: Bill | null): void {
    const { claimed, made } = this.#tasks.get(task) ?? NOBODY;
    const bill = own ?? claimed ?? made;
    if (bill !== null) addTo(bill.notSpent, amounts);
  }

  #worked(task: string, durationMs: number): void {
    this.#book(task, { durationMs }, null);
  }

  #moved({ task, via, workedMs, holder }: EventBodies["task_moved"], refused: Bill | null): void {
    this.#worked(task, workedMs);
    const before = this.#tasks.get(task);
    if (via === "claim" && refused !== null) this.#tasks.set(task, { ...(before ?? NOBODY), claimed: refused });
    else if (before?.claimed != null && (holder === null || via === "claim"))
      this.#tasks.set(task, { ...before, claimed: null });
  }

  /** One that was presumed spent and is corrected late counts by the difference. */
  #settled({ task, reservation, amounts, handBack, reserved, late }: EventBodies["step_settled"]): void {
    const own = this.#reservations.get(reservation) ?? null;
    this.#book(task, withStep(amounts, handBack), own);
    if (late) this.#book(task, negative(reserved), own);
    this.#reservations.delete(reservation);
  }

  #expired(reservation: string, rows: Folded): void {
    const row = rows.get(reservationKey(reservation));
    if (isOpen(row)) this.#book(row.task, row.amounts, this.#reservations.get(reservation) ?? null);
  }
}

function negative(amounts: Amounts): Amounts {
  return Object.fromEntries(Object.entries(amounts).map(([dimension, value]) => [dimension, -value]));
}

function isOpen(row: ReturnType<Folded["get"]>): row is ReservationRow {
  return row?.kind === "reservation" && !row.presumed;
}
