// Budget dimensions: their names in a file (with the unit that people write) and in a policy (with the unit that the
// kernel counts). Any other name stands for itself.

import { WINDOWS } from "../core/index.ts";

/** `places` is the power of ten between the two units. */
export type Dimension = { readonly file: string; readonly policy: string; readonly places: number };

/** The dimensions the kernel knows, in the order in which a policy lists them. */
export const DIMENSIONS: readonly Dimension[] = [
  { file: "steps", policy: "steps", places: 0 },
  { file: "duration_seconds", policy: "durationMs", places: 3 },
  { file: "cost_usd", policy: "costMicros", places: 6 },
  { file: "tokens", policy: "tokens", places: 0 },
];

export const DIMENSIONS_MAX = 32;
/** Sections under a scope, whose names are no dimensions. */
const WINDOW_SECTIONS: readonly string[] = WINDOWS.filter((window) => window !== "lifetime");
/** The form of a dimension's name. */
export const DIMENSION_NAME: RegExp = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** Names that would look like a limit and never act: the known ones in a wrong unit or form, and what belongs one level down. */
const MISTAKEN: ReadonlyMap<string, string> = new Map([
  ["durationMs", "duration_seconds"],
  ["duration_ms", "duration_seconds"],
  ["duration", "duration_seconds"],
  ["costMicros", "cost_usd"],
  ["cost_micros", "cost_usd"],
  ...["cost", "usd", "dollars", "money", "max_cost"].map((name): [string, string] => [name, "cost_usd"]),
  ...["time", "seconds", "minutes", "hours"].map((name): [string, string] => [name, "duration_seconds"]),
  ...["step", "max_steps"].map((name): [string, string] => [name, "steps"]),
  ...["token", "max_tokens"].map((name): [string, string] => [name, "tokens"]),
  ["soft", "steps: { soft, hard }"],
  ["hard", "steps: { soft, hard }"],
  ["lifetime", "the limits right under the scope"],
  ...WINDOW_SECTIONS.map((name): [string, string] => [name, `${name}: { steps: ... } right under the scope`]),
  ...["hourly", "daily", "weekly", "week", "monthly"].map((name): [string, string] => [name, "hour, day or month"]),
]);

/** The dimension a person meant who wrote this name in a file; null where the name is not a known mistake. */
export function mistakenFor(name: string): string | null {
  return MISTAKEN.get(name) ?? null;
}

/** Whether the name can be a dimension of the policy's own, in a file as in a policy. */
export function isOwnDimension(name: string): boolean {
  if (!DIMENSION_NAME.test(name) || MISTAKEN.has(name)) return false;
  // INVARIANT: no dimension is called like a member of every object: rows look amounts up by name.
  return !(name in {}) && !DIMENSIONS.some(({ file, policy }) => name === file || name === policy);
}

/** Names that a file may not give to a dimension, those that every object has of itself aside. */
export function reservedDimensions(): readonly string[] {
  return [...MISTAKEN.keys()];
}

/** The dimension of this name in a policy. */
export function policyDimension(name: string): Dimension {
  return DIMENSIONS.find(({ policy }) => policy === name) ?? { file: name, policy: name, places: 0 };
}

/** Names of a policy's dimensions in the one order of its text: the known ones first, then by code unit. */
export function inDimensionOrder(names: Iterable<string>): readonly string[] {
  const given = new Set(names);
  const known = DIMENSIONS.map(({ policy }) => policy).filter((name) => given.delete(name));
  return [...known, ...[...given].toSorted((a, b) => (a < b ? -1 : 1))];
}
