// Folds spending into meters and reservations. Every scope of an event books the same amounts.

import { windowsAt } from "../calendar.ts";
import type { Amounts } from "../command.ts";
import type { Event } from "../event.ts";
import type {
  RequestApproved,
  ReservationExpired,
  StepCancelled,
  StepRecorded,
  StepReserved,
  StepSettled,
} from "../event-bodies.ts";
import { booked, cancelling, correcting, presuming, reserving, settling, using } from "../meter.ts";
import type { Booking } from "../meter.ts";
import { meterKey, meterKeys, reservationKey, taskScope } from "../rows/keys.ts";
import type { Overlay } from "../rows/overlay.ts";
import { readMeter, readMeters, readRow } from "../rows/read.ts";
import type { MeterRow } from "../rows/rows.ts";
import { judgedCall } from "../steps/call.ts";
import { foldStep, isHumans } from "./steps.ts";

/** Extensions kept on one meter; those that are over go first. */
const EXTENSIONS_MAX = 32;

/** A step's amounts with the step itself, which hand-back steps are not. */
export function withStep(amounts: Amounts, handBack: boolean): Amounts {
  return handBack ? amounts : { ...amounts, steps: 1 };
}

/** Where and since when amounts are booked. */
export type Place = { readonly scopes: readonly string[]; readonly at: number; readonly since: number };

/** Books amounts in every scope. */
export function book(rows: Overlay, { scopes, at, since }: Place, booking: Booking): void {
  const now = windowsAt(at);
  const then = since === at ? now : windowsAt(since);
  const keys = meterKeys(scopes);
  for (const [index, meter] of readMeters(rows, scopes).entries())
    rows.put(keys[index] ?? "", booked(meter, booking, now, then));
}

/** A hand-back step counts on the task's meter alone. */
function bookHandBack(rows: Overlay, task: string, by: 1 | -1): void {
  const scope = taskScope(task);
  const meter = readMeter(rows, scope);
  rows.put(meterKey(scope), { ...meter, handBackSteps: meter.handBackSteps + by });
}

export function foldRecorded(rows: Overlay, event: Event, body: StepRecorded): void {
  const amounts = withStep(body.amounts, body.handBack);
  const place = { scopes: body.scopes, at: event.at, since: event.at };
  book(rows, place, using(amounts));
  if (body.handBack) bookHandBack(rows, body.task, 1);
  else if (body.call !== null)
    foldStep(rows, body.task, { ...body, call: body.call, at: event.at }, event.kind === "human");
}

export function foldReserved(rows: Overlay, event: Event, body: StepReserved, actor: string): void {
  const { task, scopes, handBack, call, started, expiresAt } = body;
  const amounts = withStep(body.amounts, handBack);
  book(rows, { scopes, at: event.at, since: event.at }, reserving(amounts));
  if (handBack) bookHandBack(rows, task, 1);
  const id = `r-${event.sequence}`;
  rows.put(reservationKey(id), {
    kind: "reservation",
    id,
    task,
    actor,
    scopes,
    amounts,
    handBack,
    call: handBack || call === null ? null : judgedCall(call),
    started,
    at: event.at,
    expiresAt,
    presumed: false,
  });
}

export function foldSettled(rows: Overlay, event: Event, body: StepSettled): void {
  const actual = withStep(body.amounts, body.handBack);
  const { reserved, reservedAt, scopes } = body;
  const booking = body.late ? correcting(reserved, actual) : settling(reserved, actual);
  book(rows, { scopes, at: event.at, since: reservedAt }, booking);
  const key = reservationKey(body.reservation);
  const row = readRow(rows, key, "reservation");
  if (row !== null && row.call !== null)
    foldStep(rows, body.task, { ...body, call: row.call, at: reservedAt }, isHumans(row));
  rows.delete(key);
}

export function foldCancelled(rows: Overlay, event: Event, body: StepCancelled): void {
  const { reserved, reservedAt, scopes } = body;
  book(rows, { scopes, at: event.at, since: reservedAt }, cancelling(reserved));
  if (body.handBack) bookHandBack(rows, body.task, -1);
  rows.delete(reservationKey(body.reservation));
}

export function foldExpired(rows: Overlay, event: Event, body: ReservationExpired): void {
  const key = reservationKey(body.reservation);
  const row = readRow(rows, key, "reservation");
  if (row === null) return;
  if (!row.presumed) {
    const place = { scopes: row.scopes, at: event.at, since: row.at };
    book(rows, place, presuming(row.amounts));
  }
  if (body.closed) rows.delete(key);
  else rows.put(key, { ...row, presumed: true });
}

function extended(meter: MeterRow, event: Event, body: RequestApproved): MeterRow {
  const standing = meter.extensions.filter((one) => event.at < one.until);
  const added = body.raises.map((raise) => ({ ...raise, until: body.until, by: event.sequence }));
  return { ...meter, extensions: [...standing, ...added].slice(-EXTENSIONS_MAX) };
}

export function foldExtension(rows: Overlay, event: Event, body: RequestApproved): void {
  if (body.scope === null || body.raises.length === 0) return;
  rows.put(meterKey(body.scope), extended(readMeter(rows, body.scope), event, body));
}
