// What the making of a command's body takes from outside the request, and how it says what is wrong.

import type { Actor, Amounts, Event, Finding, Policy } from "../core/index.ts";

/** What the bodies take from outside the request. */
export type BodyContext = {
  readonly actor: Actor;
  /** Key for the digests of calls and results. */
  readonly digestKey: string;
  /** Judges an adopted policy's form; returns what is wrong with it, in words. */
  readonly readPolicy: (value: unknown) => Policy | string;
  /** SHA-256 of the human key, for the first adoption. */
  readonly humanKey: string | null;
  /** The event of the decision that the request names; null where it names none, or one that the log does not have. */
  readonly decision: Event | null;
};

export function invalid(field: string, problem: string): Finding {
  return { code: "command.invalid", numbers: { field, problem } };
}

/** True for what intake found wrong, as against what was asked. */
export function isFinding(value: object): value is Finding {
  return "code" in value && "numbers" in value;
}

/** Amounts with their dimensions in binary order. */
export function sorted(entries: Iterable<readonly [string, number]>): Amounts {
  return Object.fromEntries([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names once each, in binary order. */
export const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].toSorted();
