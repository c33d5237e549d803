// Read from the log alone: no agent claims a task while it holds a piece of the same kind that it made below it, nor the
// piece while it holds the whole. A lease counts up to its end, whenever somebody noticed it; a human's approval excuses.

import type { Event } from "../../src/core/index.ts";
import { actorOf, isGrant } from "../invariants/history.ts";
import type { Faults } from "../invariants/history.ts";

type Made = Extract<Event, { readonly type: "task_created" }>["body"];
type Lease = Extract<Event, { readonly type: "lease_renewed" }>["body"]["lease"];

type Standing = {
  readonly made: Map<string, Made>;
  /** Present holder and lease of each task that is held. */
  readonly held: Map<string, { readonly holder: string; readonly lease: Lease }>;
};

function isPiece(above: Made, below: Made, agent: string): boolean {
  const isBelow = below.parent === above.task || below.createdBy === above.task;
  return isBelow && below.author === agent && above.taskKind === below.taskKind;
}

function claimFaults(event: Event, { made, held }: Standing): Faults {
  if (event.type !== "task_moved" || event.body.via !== "claim" || event.kind !== "agent" || !isGrant(event)) return [];
  if (event.decision?.waived?.some(({ code }) => code === "lineage.identity_loop") === true) return [];
  const agent = actorOf(event);
  const claimed = made.get(event.body.task);
  const others = [...held].flatMap(([task, { holder, lease }]) => {
    const body = made.get(task);
    const isLive = lease.expiresAt === null || event.at < lease.expiresAt;
    return holder === agent && isLive && body !== undefined ? [body] : [];
  });
  const pair = others.find(
    (one) => claimed !== undefined && (isPiece(one, claimed, agent) || isPiece(claimed, one, agent)),
  );
  return pair === undefined
    ? []
    : [`${event.sequence}: granted in spite of lineage.identity_loop: ${event.body.task} beside ${pair.task}`];
}

function follow({ made, held }: Standing, event: Event): void {
  if (event.type === "task_created") made.set(event.body.task, event.body);
  if (event.type === "task_moved") {
    const { task, holder, lease } = event.body;
    if (holder === null || lease === null) held.delete(task);
    else held.set(task, { holder, lease });
  }
  if (event.type === "lease_renewed") {
    const before = held.get(event.body.task);
    if (before !== undefined) held.set(event.body.task, { ...before, lease: event.body.lease });
  }
  if (event.type === "scope_halted")
    for (const [task, { lease }] of held) if (lease.scopes.includes(event.body.scope)) held.delete(task);
}

/** Claims by which an agent came to hold a task and its own piece of it. */
export function ownPieceFaults(events: readonly Event[]): Faults {
  const standing: Standing = { made: new Map(), held: new Map() };
  return events.flatMap((event) => {
    const faults = claimFaults(event, standing);
    follow(standing, event);
    return faults;
  });
}
