// Rows by what they are, so that each recount walks only those it is about.

import type { Row, TaskRow } from "../../core/index.ts";

type Of<K extends Row["kind"]> = ReadonlyMap<string, Extract<Row, { readonly kind: K }>>;

/** Rows of each kind that counts something, or is counted, by their keys; tasks by their ids. */
export type Kinds = {
  readonly tasks: ReadonlyMap<string, TaskRow>;
  readonly meters: Of<"meter">;
  readonly reservations: Of<"reservation">;
  readonly actors: Of<"actor">;
  readonly children: Of<"children">;
  readonly dependents: Of<"dependents">;
  readonly live: Of<"live">;
  readonly ready: Of<"ready">;
  readonly due: Of<"due">;
  readonly fingerprints: Of<"fingerprint">;
  readonly heads: Of<"head">;
};

/** A row that does not say what counting anew gives. */
export type Miscount = { readonly key: string; readonly problem: string };

type Filling = { readonly [K in keyof Kinds]: Map<string, Kinds[K] extends ReadonlyMap<string, infer V> ? V : never> };

function sort(into: Filling, key: string, row: Row): unknown {
  switch (row.kind) {
    case "task":
      return into.tasks.set(row.id, row);
    case "meter":
      return into.meters.set(key, row);
    case "reservation":
      return into.reservations.set(key, row);
    case "actor":
      return into.actors.set(key, row);
    case "children":
      return into.children.set(key, row);
    case "dependents":
      return into.dependents.set(key, row);
    case "live":
      return into.live.set(key, row);
    case "ready":
      return into.ready.set(key, row);
    case "due":
      return into.due.set(key, row);
    case "fingerprint":
      return into.fingerprints.set(key, row);
    case "head":
      return into.heads.set(key, row);
    case "answer":
    case "command":
    case "halt":
    case "lesson":
    case "ring":
    case "run":
    case "steps":
    case "template":
    case "text":
    case "wrong":
      return undefined;
  }
}

export function kindsOf(rows: ReadonlyMap<string, Row>): Kinds {
  const into: Filling = {
    tasks: new Map(),
    meters: new Map(),
    reservations: new Map(),
    actors: new Map(),
    children: new Map(),
    dependents: new Map(),
    live: new Map(),
    ready: new Map(),
    due: new Map(),
    fingerprints: new Map(),
    heads: new Map(),
  };
  for (const [key, row] of rows) sort(into, key, row);
  return into;
}
