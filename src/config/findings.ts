// What a check of a tree collects: the good values by their keys' paths, the faults, and where each value stands.

import type { ActorKind, LifecycleTable, Mode } from "../core/index.ts";
import type { LimitPatch } from "./config.ts";
import type { Fault, Place } from "./problem.ts";
import type { Tree } from "./tree.ts";

/** Values by their keys' paths, one map for each kind of value; numbers are in units of the key. */
export type Values = {
  readonly numbers: Map<string, number>;
  readonly texts: Map<string, string>;
  readonly names: Map<string, readonly string[]>;
  readonly kinds: Map<string, readonly ActorKind[]>;
  readonly limits: Map<string, LimitPatch | "none">;
  readonly modes: Map<string, Mode>;
  /** Read once all of its parts are known. */
  table: LifecycleTable | null;
};

/** `parts` are those of a lifecycle table, as they are written. */
export type Findings = {
  readonly values: Values;
  readonly faults: Fault[];
  readonly places: Map<string, Place>;
  readonly parts: Map<string, Tree>;
};

export function newFindings(): Findings {
  const values: Values = {
    numbers: new Map(),
    texts: new Map(),
    names: new Map(),
    kinds: new Map(),
    limits: new Map(),
    modes: new Map(),
    table: null,
  };
  return { values, faults: [], places: new Map(), parts: new Map() };
}

export function addFault(
  findings: Findings,
  place: Place,
  message: string,
  severity: Fault["severity"] = "error",
): void {
  findings.faults.push({ line: place.line, column: place.column, message, severity });
}
