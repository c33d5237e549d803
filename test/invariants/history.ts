// A history to check invariants over: the whole log of a workspace and the rows that stand at its end.

import { evolve } from "../../src/core/index.ts";
import type { Event, Policy, Row, Rows } from "../../src/core/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";
import type { Store } from "../../src/store/index.ts";
import { rowsOf } from "../support/rows.ts";

export type History = {
  readonly policy: Policy;
  readonly events: readonly Event[];
  readonly rows: ReadonlyMap<string, Row>;
};

const PAGE = 1_000;

export async function eventsOf(kernel: Kernel): Promise<readonly Event[]> {
  const events: Event[] = [];
  for (;;) {
    const page = await kernel.events(events.length, PAGE);
    events.push(...page.map((logged) => logged.event));
    if (page.length < PAGE) return events;
  }
}

export async function historyOf(kernel: Kernel, store: Store, policy: Policy): Promise<History> {
  return { policy, events: await eventsOf(kernel), rows: await rowsOf(store, kernel.workspace) };
}

/** Rows as the log folds to them, event by event. */
export class Folding implements Rows {
  readonly rows: Map<string, Row> = new Map();

  get(key: string): Row | null {
    return this.rows.get(key) ?? null;
  }

  fold(event: Event): void {
    for (const [key, row] of evolve(this, [event])) {
      if (row === null) this.rows.delete(key);
      else this.rows.set(key, row);
    }
  }
}

/** What went wrong, in words, where it is wrong. */
export type Faults = readonly string[];

/** The event carries the grant of its command. */
export function isGrant(event: Event): boolean {
  return event.decision?.verdict === "granted";
}

export function actorOf(event: Event): string {
  return `${event.kind}:${event.actor}`;
}
