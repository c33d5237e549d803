// What may stand at a key of a configuration file, as data: the checks, the messages, the JSON Schema and the page all
// read it.

/** The parts of a lifecycle table, by the form of their value. */
export type TablePart = "names" | "states" | "state" | "state or none" | "edges" | "guards";

/** Numbers are kept in units of 10^-places, from `min` to `max` of them. */
export type NumberSpec = {
  readonly type: "number";
  readonly places: number;
  readonly min: number;
  readonly max: number;
};

/** A pair of limits, each from `min` to `max`; `removable` ones take `none`. */
export type LimitSpec = {
  readonly type: "limit";
  readonly places: number;
  readonly min: number;
  readonly max: number;
  readonly removable: boolean;
};

export type ValueSpec =
  | NumberSpec
  | LimitSpec
  | { readonly type: "url" }
  /** A list of different names. */
  | { readonly type: "names"; readonly what: string }
  /** One agent's name, or `none`. */
  | { readonly type: "agent" }
  | { readonly type: "kinds" }
  /** A fixed rule is always enforced. */
  | { readonly type: "mode"; readonly fixed: boolean }
  | { readonly type: "table"; readonly part: TablePart }
  /** A section of the seed that nothing here reads. */
  | { readonly type: "ignored" };

/** `own` keys stand for any name of the writer's own in their section; their path ends in NAME. */
export type KeySpec = {
  readonly path: string;
  readonly value: ValueSpec;
  readonly env?: string;
  readonly own?: true;
  readonly about: string;
};

export function count(max: number, min = 0): NumberSpec {
  return { type: "number", places: 0, min, max };
}

/** Written in seconds, kept in milliseconds; the bounds are in seconds. */
export function seconds(max: number, min = 0): NumberSpec {
  return { type: "number", places: 3, min: min * 1_000, max: max * 1_000 };
}

export function limit(max: number, min = 0): LimitSpec {
  return { type: "limit", places: 0, min, max, removable: false };
}

export function removableLimit(max: number, places = 0): LimitSpec {
  return { type: "limit", places, min: 0, max, removable: true };
}
