// Invariants of budgets: what is held is what is open, no granted reserve passes a limit, every reservation closes once.

import type { Event, MeterRow, Policy, Row } from "../../src/core/index.ts";
import { kindsOf } from "../../src/kernel/recount/kinds.ts";
import { meterMiscounts } from "../../src/kernel/recount/meters.ts";
import { Folding } from "./history.ts";
import type { Faults, History } from "./history.ts";

const WINDOW_NAMES = ["lifetime", "hour", "day", "month"] as const;

/** 5. Per meter: held is the sum of the open reservations, in every window. */
export function heldFaults({ rows }: Pick<History, "rows">): Faults {
  return [...meterMiscounts(kindsOf(rows))].map(({ key, problem }) => `${key} ${problem}`);
}

function scopeKindOf(scope: string): "task" | "lineage" | "agent" | "workspace" {
  const kind = scope.split("/")[0];
  return kind === "task" || kind === "lineage" || kind === "agent" ? kind : "workspace";
}

function hardOf(
  policy: Policy,
  meter: MeterRow,
  own: Readonly<Record<string, number>>,
  dimension: string,
  window: number,
  at: number,
): number {
  const name = WINDOW_NAMES[window] ?? "lifetime";
  const limit = policy.budget[scopeKindOf(meter.scope)][name][dimension]?.hard ?? Infinity;
  const least = window === 0 ? Math.min(limit, own[dimension] ?? Infinity) : limit;
  const raises = meter.extensions.filter(
    (one) => one.dimension === dimension && one.window === window && at < one.until,
  );
  return raises.reduce((sum, one) => sum + one.add, least);
}

const TIME = "durationMs";

type Reserving = { readonly task: string; readonly scopes: readonly string[]; readonly isTime: boolean };

/** What a granted event reserves: time at a claim and a renewal, all else at a step. A human's lease reserves nothing. */
function reservingOf(event: Event): Reserving | null {
  if (event.type === "step_reserved" && !event.body.handBack)
    return { task: event.body.task, scopes: event.body.scopes, isTime: false };
  const isLease = event.type === "lease_renewed" || (event.type === "task_moved" && event.body.via === "claim");
  if (!isLease || event.body.lease === null || event.body.lease.ttlMs === 0) return null;
  return { task: event.body.task, scopes: event.body.lease.scopes, isTime: true };
}

type Own = Readonly<Record<string, number>>;

function meterFaults(event: Event, meter: MeterRow, dimensions: readonly string[], own: Own, policy: Policy): Faults {
  const faults: string[] = [];
  for (const dimension of dimensions)
    for (const window of [0, 1, 2, 3]) {
      const sum = (meter.used[dimension]?.[window] ?? 0) + (meter.held[dimension]?.[window] ?? 0);
      const hard = hardOf(policy, meter, own, dimension, window, event.at);
      if (sum > hard)
        faults.push(`${event.sequence}: ${meter.scope} ${dimension} ${window} stands at ${sum} of ${hard}`);
    }
  return faults;
}

function dimensionsOf({ used, held }: MeterRow, isTime: boolean): readonly string[] {
  const all = new Set([...Object.keys(used), ...Object.keys(held)]);
  return [...all].filter((dimension) => (dimension === TIME) === isTime);
}

function reserveFaults(event: Event, rows: ReadonlyMap<string, Row>, policy: Policy): Faults {
  const reserving = reservingOf(event);
  if (reserving === null) return [];
  const { task, scopes, isTime } = reserving;
  const row = rows.get(`task/${task}`);
  const limits = row?.kind === "task" ? row.limits : {};
  return scopes.flatMap((scope) => {
    const meter = rows.get(`meter/${scope}`);
    if (meter?.kind !== "meter") return [`${event.sequence}: ${scope} has no meter`];
    return meterFaults(event, meter, dimensionsOf(meter, isTime), scope.startsWith("task/") ? limits : {}, policy);
  });
}

/** 5. After a granted reserve, claim or renewal used + held <= limit in all that it reserves, in every scope and window. */
export function limitFaults({ events, policy }: History): Faults {
  const faults: string[] = [];
  const folding = new Folding();
  for (const event of events) {
    folding.fold(event);
    faults.push(...reserveFaults(event, folding.rows, policy));
  }
  return faults;
}

type Reserved = { readonly scopes: string; readonly amounts: string; closed: "no" | "presumed" | "yes" };

function sorted(amounts: Readonly<Record<string, number>>): string {
  return JSON.stringify(Object.entries(amounts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function closeFaults(event: Event, reserved: Map<string, Reserved>): Faults {
  if (event.type === "reservation_expired")
    return expiryFaults(event.sequence, event.body.reservation, event.body.closed, reserved);
  if (event.type !== "step_settled" && event.type !== "step_cancelled") return [];
  const { reservation, scopes, reserved: amounts } = event.body;
  const found = reserved.get(reservation);
  const at = `${event.sequence}: ${reservation}`;
  if (found === undefined) return [`${at} is closed and was never made`];
  const late = event.type === "step_settled" && event.body.late;
  const right = late ? found.closed === "presumed" : found.closed === "no";
  found.closed = "yes";
  if (!right) return [`${at} is closed twice`];
  const same = scopes.join() === found.scopes && sorted(amounts) === found.amounts;
  return same ? [] : [`${at} is closed in other scopes or with other amounts than it was made with`];
}

function expiryFaults(sequence: number, id: string, closed: boolean, reserved: Map<string, Reserved>): Faults {
  const found = reserved.get(id);
  // Nobody may have looked for so long that it is presumed and past correcting at once.
  const right = closed ? found !== undefined && found.closed !== "yes" : found?.closed === "no";
  if (found !== undefined) found.closed = closed ? "yes" : "presumed";
  return right ? [] : [`${sequence}: ${id} expires and is ${found?.closed ?? "unknown"}`];
}

/** 6. Each reservation closes once, plus at most one late correction; every scope books the same amount. */
export function closingFaults({ events }: History): Faults {
  const reserved = new Map<string, Reserved>();
  return events.flatMap((event) => {
    if (event.type !== "step_reserved") return closeFaults(event, reserved);
    const { scopes, amounts, handBack } = event.body;
    // A step is part of what is reserved, unless it is one granted beside the limit.
    const held = sorted(handBack ? amounts : { ...amounts, steps: 1 });
    reserved.set(`r-${event.sequence}`, { scopes: scopes.join(), amounts: held, closed: "no" });
    return [];
  });
}
