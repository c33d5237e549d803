// The last steps of a task as one text of entries of one width: a row that is written at every step has to be small,
// and a comparison at a place in a text makes nothing that has to be collected.

import type { JudgedCall } from "./call.ts";

/** Length of the digests of calls, shapes and results: 72 bits in base 64. */
export const DIGEST_LENGTH = 12;
const TIME = 8;
/** Digests of call, result and shape, time in base 36, one sign of flags. */
const ENTRY: number = 3 * DIGEST_LENGTH + TIME + 1;

/** Steps kept: three rounds of the longest cycle, and room for others between. */
export const RING_STEPS = 32;
/** Distinct outcomes kept. */
export const OUTCOMES = 64;

const SHAPE_AT: number = 2 * DIGEST_LENGTH;
const TIME_AT: number = 3 * DIGEST_LENGTH;
const FLAGS_AT: number = TIME_AT + TIME;

const FRESH = 1;
const POLLED = 2;
const FAILED = 4;
const CHANGE = 8;

/** A step as it goes into the ring. */
export type Entry = {
  readonly call: JudgedCall;
  readonly result: string;
  readonly failed: boolean;
  readonly at: number;
  /** It brought something new: whatever came before it is no part of a loop that comes after. */
  readonly fresh: boolean;
};

function flagsOf({ call, failed, fresh }: Entry): string {
  const change = call.class === "mutate" && !failed;
  const flags = (fresh ? FRESH : 0) + (call.polled ? POLLED : 0) + (failed ? FAILED : 0) + (change ? CHANGE : 0);
  return flags.toString(36);
}

/** The ring with one more step; the oldest goes. */
export function pushed(ring: string, entry: Entry): string {
  const { call, result, at } = entry;
  const time = at.toString(36).slice(-TIME).padStart(TIME, "0");
  return (ring + call.digest + result + call.shape + time + flagsOf(entry)).slice(-RING_STEPS * ENTRY);
}

/** How many steps the ring has. */
export function lengthOf(ring: string): number {
  return ring.length / ENTRY;
}

/** Places are counted from the end: 1 is the last step. */
const start = (ring: string, back: number): number => ring.length - back * ENTRY;

export function isCall(ring: string, back: number, digest: string): boolean {
  return ring.startsWith(digest, start(ring, back));
}

export function isShape(ring: string, back: number, shape: string): boolean {
  return ring.startsWith(shape, start(ring, back) + SHAPE_AT);
}

export function isResult(ring: string, back: number, result: string): boolean {
  return ring.startsWith(result, start(ring, back) + DIGEST_LENGTH);
}

export function resultAt(ring: string, back: number): string {
  const at = start(ring, back) + DIGEST_LENGTH;
  return ring.slice(at, at + DIGEST_LENGTH);
}

/** Whether two steps were the same call with the same result. */
export function isSame(ring: string, one: number, other: number): boolean {
  const at = start(ring, one);
  return ring.startsWith(ring.slice(at, at + SHAPE_AT), start(ring, other));
}

export function timeAt(ring: string, back: number): number {
  const at = start(ring, back) + TIME_AT;
  return Number.parseInt(ring.slice(at, at + TIME), 36);
}

const ZERO = 48;
/** So much lies between the digits and the letters that follow them in a base above ten. */
const AFTER_NINE = 39;

function has(ring: string, back: number, flag: number): boolean {
  const sign = ring.charCodeAt(start(ring, back) + FLAGS_AT) - ZERO;
  return ((sign > 9 ? sign - AFTER_NINE : sign) & flag) !== 0;
}

export const isFresh = (ring: string, back: number): boolean => has(ring, back, FRESH);
export const isPolled = (ring: string, back: number): boolean => has(ring, back, POLLED);
export const isFailed = (ring: string, back: number): boolean => has(ring, back, FAILED);
/** It changed something, so that its result says nothing against it. */
export const isChange = (ring: string, back: number): boolean => has(ring, back, CHANGE);

/** How far back this call stands last; 0 where it does not. */
export function lastCall(ring: string, digest: string): number {
  // Most calls are new, and one search is faster than a comparison at each place.
  if (!ring.includes(digest)) return 0;
  const length = lengthOf(ring);
  for (let back = 1; back <= length; back += 1) if (isCall(ring, back, digest)) return back;
  return 0;
}

/** Whether this outcome is among the last ones. */
export function hasOutcome(outcomes: string, result: string): boolean {
  if (!outcomes.includes(result)) return false;
  for (let at = 0; at < outcomes.length; at += DIGEST_LENGTH) if (outcomes.startsWith(result, at)) return true;
  return false;
}

export function withOutcome(outcomes: string, result: string): string {
  return (outcomes + result).slice(-OUTCOMES * DIGEST_LENGTH);
}
