// Two checks of a history. The claim: each decision carries its place in the log, so that order has to agree with real
// time and with the specification. And the question, asked without any of those numbers: is there an order at all?

import { keyOf } from "./call-history.ts";
import type { Operation } from "./call-history.ts";
import { applied, isSpecified, NEW_TASK } from "./claim-spec.ts";
import type { TaskState } from "./claim-spec.ts";

/** The task of an operation; of a settlement that of its reservation. */
function taskOf({ asked, answered }: Operation, reserved: ReadonlyMap<string, string>): string | null {
  const task = asked.body["task"] ?? reserved.get(String(asked.body["reservation"])) ?? answered?.result["task"];
  return typeof task === "string" ? task : null;
}

/** A history is right where that of each task is: no operation here touches two. */
export function byTask(operations: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> {
  const reserved = new Map<string, string>();
  for (const { asked, answered } of operations) {
    const id = answered?.result["reservation"];
    if (asked.type === "reserve_step" && typeof id === "string") reserved.set(id, String(asked.body["task"]));
  }
  const found = new Map<string, Operation[]>();
  for (const operation of operations.filter(isSpecified)) {
    const task = taskOf(operation, reserved);
    if (task !== null) found.set(task, [...(found.get(task) ?? []), operation]);
  }
  return found;
}

type Placed = { readonly operation: Operation; readonly place: number };

/** Its own event's sequence; a refusal that left none was judged behind the event it names. */
function placeOf({ answered }: Operation): number | null {
  if (answered === null) return null;
  return answered.sequence ?? answered.judgedAt + 0.5;
}

function isFirstAnswer({ answered }: Operation): boolean {
  return answered !== null && !answered.replayed;
}

function placed(operations: readonly Operation[], found: ReadonlyMap<string, number>): readonly Placed[] {
  const answered = new Set(operations.filter(isFirstAnswer).map(placeOf));
  return operations
    .flatMap((operation) => {
      // A grant that is answered again was placed long ago; it is judged where it was first answered.
      if (operation.answered?.replayed === true) return [];
      const place = placeOf(operation) ?? found.get(keyOf(operation.asked));
      // One without an answer that was sent again, and was then granted first, did nothing the first time.
      const isLate = operation.answered === null && place !== undefined && answered.has(place);
      return place === undefined || isLate ? [] : [{ operation, place }];
    })
    .toSorted((a, b) => a.place - b.place || a.operation.calledAt - b.operation.calledAt);
}

/** Operations whose places contradict real time: one that ended before another began has to stand before it. */
export function timeFaults(operations: readonly Operation[]): readonly string[] {
  const faults: string[] = [];
  let earliest: Placed | null = null;
  for (const one of placed(operations, new Map()).toReversed()) {
    const { operation, place } = one;
    const ended: number = earliest?.operation.returnedAt ?? Infinity;
    if (earliest !== null && earliest.place > place && ended < operation.calledAt)
      faults.push(`${earliest.operation.id} at ${earliest.place} ended before ${operation.id} at ${place} began`);
    if ((operation.returnedAt ?? Infinity) < ended) earliest = one;
  }
  return faults;
}

function twoAtOnePlace(operations: readonly Operation[]): readonly string[] {
  const seen = new Map<number, string>();
  return operations.flatMap(({ id, answered }) => {
    if (answered?.sequence == null || answered.replayed) return [];
    const before = seen.get(answered.sequence);
    seen.set(answered.sequence, id);
    return before === undefined ? [] : [`${before} and ${id} both stand at ${answered.sequence}`];
  });
}

function inWords({ id, asked, answered }: Operation): string {
  const answer =
    answered === null ? "no answer" : `${answered.verdict} ${answered.code} ${JSON.stringify(answered.result)}`;
  return `${id}: ${asked.actor} ${asked.type} fence ${asked.fence ?? "none"} -> ${answer}`;
}

/**
 * The claimed order against real time and the specification.
 * @param found places, read from the log, of commands whose answer was lost, by actor (kind:id) and command id.
 */
export function claimedOrderFaults(
  operations: readonly Operation[],
  found: ReadonlyMap<string, number> = new Map(),
): readonly string[] {
  const faults = [...timeFaults(operations), ...twoAtOnePlace(operations)];
  for (const [task, own] of byTask(operations)) {
    let state = NEW_TASK;
    for (const { operation } of placed(own, found)) {
      const next = applied(state, operation);
      if (next === null) faults.push(`${task}: ${inWords(operation)} cannot follow ${JSON.stringify(state)}`);
      else state = next;
    }
  }
  return faults;
}

/** One way in which all may have happened so far. */
type Way = { readonly state: TaskState; readonly done: ReadonlySet<string> };

const textOf = ({ state, done }: Way): string => JSON.stringify([state, [...done].toSorted()]);

/** Every way from `way` in which `wanted` has happened, by orders of what is under way. */
function waysTo(way: Way, wanted: Operation, open: ReadonlyMap<string, Operation>, into: Map<string, Way>): void {
  const seen = new Set<string>();
  const stack = [way];
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    const text = textOf(one);
    if (seen.has(text)) continue;
    seen.add(text);
    if (one.done.has(wanted.id)) {
      into.set(text, one);
      continue;
    }
    for (const operation of open.values()) {
      if (one.done.has(operation.id)) continue;
      const state = applied(one.state, operation);
      if (state !== null) stack.push({ state, done: new Set([...one.done, operation.id]) });
    }
  }
}

/** Calls and returns of operations, in time; a call comes before a return at the same moment. */
function momentsOf(operations: readonly Operation[]): readonly (readonly [at: number, Operation, "call" | "return"])[] {
  const calls = operations.map((one) => [one.calledAt, one, "call"] as const);
  const returns = operations.flatMap((one) =>
    one.returnedAt === null ? [] : [[one.returnedAt, one, "return"] as const],
  );
  return [...calls, ...returns].toSorted(([a], [b]) => a - b);
}

/**
 * Searches for an order of one task's operations that agrees with real time and the specification, and looks at no sequence
 * number: after each answer only those ways are kept in which it has happened.
 * @returns the first answer that no way leads to, in words, or null.
 */
export function searchFault(operations: readonly Operation[]): string | null {
  const open = new Map<string, Operation>();
  let ways: readonly Way[] = [{ state: NEW_TASK, done: new Set() }];
  for (const [, operation, what] of momentsOf(operations)) {
    if (what === "call") {
      open.set(operation.id, operation);
      continue;
    }
    const next = new Map<string, Way>();
    for (const way of ways) waysTo(way, operation, open, next);
    if (next.size === 0) return `${inWords(operation)} fits no order`;
    open.delete(operation.id);
    ways = [...next.values()].map(({ state, done }) => ({
      state,
      done: new Set([...done].filter((id) => id !== operation.id)),
    }));
  }
  return null;
}

/** The same for every task. */
export function searchFaults(operations: readonly Operation[]): readonly string[] {
  return [...byTask(operations)].flatMap(([task, own]) => {
    const fault = searchFault(own);
    return fault === null ? [] : [`${task}: ${fault}`];
  });
}
