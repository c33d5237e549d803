// Which states a walk through a lifecycle table can get to, forwards and backwards.

import type { ActorKind } from "./actor.ts";
import type { LifecycleTable } from "./lifecycle.ts";

type Step = { readonly from: string; readonly to: string };

function walk(starts: readonly string[], steps: readonly Step[]): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const { from, to } of steps) {
    const known = next.get(from);
    if (known === undefined) next.set(from, [to]);
    else known.push(to);
  }
  // A set is walked in the order of its entries, those added on the way included.
  const seen = new Set(starts);
  for (const state of seen) for (const to of next.get(state) ?? []) seen.add(to);
  return seen;
}

/** Every state that can be got to from the starts, themselves included; by one kind of actor's hand where it is named. */
export function walkFrom(table: LifecycleTable, starts: readonly string[], by?: ActorKind): ReadonlySet<string> {
  return walk(
    starts,
    table.edges.filter((edge) => by === undefined || edge.by.includes(by)),
  );
}

/** Every state from which one of the ends can be got to, the ends included. */
export function walkTo(table: LifecycleTable, ends: readonly string[]): ReadonlySet<string> {
  return walk(
    ends,
    table.edges.map(({ from, to }) => ({ from: to, to: from })),
  );
}
